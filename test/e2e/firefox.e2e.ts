import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cacheFolder } from '../../tools/dependencies.mjs';
import { FirefoxMissingError, findFirefox } from './browsers/firefox';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { demoNodule } from './demo-nodule';
import { checkExport } from './check-export';
import { firefox } from './browsers/test-browser';
import { ViewerPage } from './viewer-page';

const root = path.resolve(import.meta.dirname, '../..');
const { slice, column, row } = demoNodule('part-solid');

/** Why these tests cannot run here; false if they can. Whoever names a Firefox wants them: there its absence is an error. */
function reasonToSkip(): string | false {
  try {
    findFirefox();
    return false;
  } catch (error) {
    if (error instanceof FirefoxMissingError && !error.named) return error.message;
    throw error;
  }
}

describe('the loop in Firefox', { concurrency: false, skip: reasonToSkip() }, () => {
  let viewer: ViewerPage;

  before(async () => {
    const data = await ensureDemoStudy(root, cacheFolder, console.error);
    viewer = await ViewerPage.open('firefox', data, { browser: firefox });
  });
  after(async () => {
    await viewer.close();
  });

  test('begins in the work list, and says on what the model runs', async () => {
    await viewer.openDemoFromWorkList();
    assert.match((await viewer.by('spa-status').getAttribute('data-backend')) ?? '', /^(wasm|webgpu)/);
  });

  test('proposes after a click, with candidates that are drawn on their cards', async () => {
    await viewer.showSlice(slice);
    await viewer.clickSlice(column, row);
    await viewer.waitForRound(1);
    assert.ok(await viewer.pixels.recommendedCovers(column, row));
    assert.ok((await viewer.candidateAreas()).length >= 1);
    // Waits for the pictures on the cards.
    await viewer.screenshot('proposal');
  });

  test('adapts to the candidate chosen by a key, and undoes and does it again', async () => {
    await viewer.page.keyboard.press('1');
    await viewer.waitForRound(2);
    const chosen = await viewer.pixels.recommended();
    await viewer.page.keyboard.press('Control+z');
    await viewer.waitForRound(1);
    await viewer.page.keyboard.press('Control+y');
    await viewer.waitForRound(2);
    assert.deepEqual(await viewer.pixels.recommended(), chosen);
  });

  test('takes a click with Shift as too much, and selects no text of the page by it', async () => {
    await viewer.clickSlice(column, row, 'Shift');
    await viewer.waitForRound(3);
    assert.equal(await viewer.pixels.recommendedCovers(column, row), false);
    assert.equal(await viewer.page.evaluate(() => String(getSelection())), '');
    await viewer.page.keyboard.press('Control+z');
    await viewer.waitForRound(2);
  });

  test('accepts by Enter into the viewer’s own segmentation', async () => {
    const recommended = await viewer.pixels.recommended();
    await viewer.page.keyboard.press('Enter');
    await viewer.waitForState('idle');
    assert.deepEqual(await viewer.pixels.segmentation(), recommended);
    await viewer.screenshot('accepted');
  });

  test('follows the structure to the next image by Shift with an arrow, and Escape cancels there', async () => {
    await viewer.follow(() => viewer.page.keyboard.press('Shift+ArrowDown'));
    assert.equal(Object.keys(await viewer.pixels.recommended()).length, 1);
    await viewer.page.keyboard.press('Escape');
    await viewer.waitForState('idle');
    assert.equal(await viewer.overlayCount(), 0);
  });

  test('exports a file that is valid and holds what was accepted', async t => {
    const accepted = await viewer.pixels.allSegmentations();
    const file = await viewer.exportSegmentation();
    checkExport(file, accepted, t);
  });

  test('nothing failed unseen and nothing was fetched from elsewhere', () => {
    assert.deepEqual(viewer.faults, []);
  });
});
