import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** There is no browser of the Chromium family on this machine. */
export class ChromiumMissingError extends Error {
  override readonly name = 'ChromiumMissingError';
  constructor(detail: string) {
    super(
      `${detail} Install one and run the command again: on Debian or Ubuntu "sudo apt-get install chromium", ` +
        'on macOS "brew install --cask chromium", on Windows install Chrome or Edge; ' +
        'or set CHROME_PATH to the program of an installed Chromium, Chrome or Edge.',
    );
  }
}

/** The program of a Chromium, Chrome or Edge: CHROME_PATH, then the PATH, then the usual places. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new ChromiumMissingError(`CHROME_PATH names ${chosen}, which does not exist.`);
  }
  for (const directory of (environment['PATH'] ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(directory, name);
      if (existsSync(file)) return file;
    }
  }
  const found = places.find(place => existsSync(place));
  if (found === undefined) throw new ChromiumMissingError('No Chromium, Chrome or Edge was found.');
  return found;
}

/** A headless browser with software GL, which draws the viewer on machines without a GPU. */
export async function launchChromium(extraArguments: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      ...extraArguments,
    ],
  });
}
