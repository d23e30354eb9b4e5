import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './find-chromium.mjs';

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
