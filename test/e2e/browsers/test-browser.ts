import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, softwareGraphics } from '../../../tools/chromium';
import { launchFirefox } from './firefox';

/** A browser in which the viewer is tried, as far as browsers differ for a test. */
export interface TestBrowser {
  /** `downloads`: a folder that holds what the page saves until somebody takes it. */
  launch(downloads: string): Promise<Browser>;
  /** Keeps as `file` what `act` makes the page save. */
  save(page: Page, downloads: string, act: () => Promise<void>, file: string): Promise<void>;
}

export const chromium: TestBrowser = {
  launch: () => launchChromium(softwareGraphics),
  async save(page, _downloads, act, file) {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    await download.saveAs(file);
  },
};

/** Firefox 153 ESR saves the files, and gives the driver no event that names them. */
export const firefox: TestBrowser = {
  async launch(downloads) {
    await rm(downloads, { recursive: true, force: true });
    await mkdir(downloads, { recursive: true });
    return launchFirefox(downloads);
  },
  async save(page, downloads, act, file) {
    await act();
    for (let deadline = Date.now() + 30_000; Date.now() < deadline; await page.waitForTimeout(50)) {
      const saved = await onlyWholeFile(downloads);
      if (saved !== null) return rename(saved, file);
    }
    throw new Error(`Firefox saved nothing in ${downloads} within 30 s.`);
  },
};

/** Null while there is none: Firefox writes a name of no bytes and a `.part`, and puts the one in place of the other at the end. */
async function onlyWholeFile(folder: string): Promise<string | null> {
  const [name, ...others] = await readdir(folder);
  if (name === undefined || others.length > 0) return null;
  const file = path.join(folder, name);
  return (await stat(file)).size > 0 ? file : null;
}
