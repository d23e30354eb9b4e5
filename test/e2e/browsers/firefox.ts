import { existsSync } from 'node:fs';
import { firefox, type Browser } from 'playwright-core';
import { findProgram } from '../../../tools/find-program.mjs';
import { SetupError } from '../../../tools/setup-error.mjs';

const names = ['firefox-esr', 'firefox'];
const places = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** There is no Firefox on this machine. */
export class FirefoxMissingError extends SetupError {
  override name = 'FirefoxMissingError';

  /** `named`: somebody asked for a program that does not exist. */
  constructor(
    detail: string,
    readonly named: boolean,
  ) {
    super(
      `${detail} Install it and run the command again: on Debian "sudo apt-get install firefox-esr libegl1 libgl1-mesa-dri", ` +
        'on macOS "brew install --cask firefox", on Windows from https://www.mozilla.org/firefox; ' +
        'or set FIREFOX_PATH to the program of an installed Firefox.',
    );
  }
}

/** The program of a Firefox: FIREFOX_PATH, then the PATH, then the usual places. */
export function findFirefox(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const chosen = environment['FIREFOX_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new FirefoxMissingError(`FIREFOX_PATH names ${chosen}, which does not exist.`, true);
  }
  const found = findProgram({ names, places }, environment['PATH']);
  if (found === undefined) throw new FirefoxMissingError('No Firefox was found.', false);
  return found;
}

/**
 * Mozilla's own Firefox, headless and driven by WebDriver BiDi, with software WebGL: without a display it offers WebGL only by EGL, and
 * only if both are forced. playwright-core from 1.65 on asks for `emulation.setMediaFeaturesOverride`, which 153 ESR does not know.
 * What pages save goes to the folder `downloads`.
 */
export async function launchFirefox(
  downloads: string,
  executablePath: string = findFirefox(),
): Promise<Browser> {
  return firefox.launch({
    executablePath,
    channel: 'moz-firefox',
    headless: true,
    downloadsPath: downloads,
    env: { ...process.env, MOZ_WEBGL_FORCE_EGL: '1' },
    firefoxUserPrefs: { 'webgl.force-enabled': true },
  });
}
