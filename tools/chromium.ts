import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './find-chromium.mjs';

/** Software GL: draws the viewer on machines without a graphics card. With it a card that is there is not seen. */
export const softwareGraphics: readonly string[] = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** A headless browser that asks nothing of the network by itself. */
export async function launchChromium(
  extraArguments: readonly string[],
  executablePath: string = findChromium(),
): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...extraArguments,
    ],
  });
}
