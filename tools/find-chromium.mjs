import { existsSync } from 'node:fs';
import { findProgram } from './find-program.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** There is no browser of the Chromium family on this machine. */
export class ChromiumMissingError extends Error {
  name = 'ChromiumMissingError';
  /** @param {string} detail what was looked for and not found */
  constructor(detail) {
    super(
      `${detail} Install one and run the command again: on Debian or Ubuntu "sudo apt-get install chromium", ` +
        'on macOS "brew install --cask chromium", on Windows install Chrome or Edge; ' +
        'or set CHROME_PATH to the program of an installed Chromium, Chrome or Edge.',
    );
  }
}

/**
 * The program of a Chromium, Chrome or Edge: CHROME_PATH, then the PATH, then the usual places.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {string}
 */
export function findChromium(environment = process.env) {
  const chosen = environment.CHROME_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new ChromiumMissingError(`CHROME_PATH names ${chosen}, which does not exist.`);
  }
  const found = findProgram({ names, places }, environment.PATH);
  if (found === undefined) throw new ChromiumMissingError('No Chromium, Chrome or Edge was found.');
  return found;
}
