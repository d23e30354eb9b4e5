/**
 * The loop in the engine of Safari. What is drawn over the image is not looked at: WebKitGTK without a graphics card draws by a renderer in
 * which the viewer's own labelmaps with outlines stay unseen (it reads a label 1 of a texture as 0.99999994, and the viewer cuts that to 0).
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cacheFolder } from '../../tools/dependencies.mjs';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { keys } from './browsers/web-driver';
import { hasWebKit } from './browsers/webkit';
import { demoNodule } from './demo-nodule';
import { checkExport } from './check-export';
import type { SegmentPixels } from './viewer-pixels';
import { WebKitViewer } from './webkit-viewer';

const root = path.resolve(import.meta.dirname, '../..');
const { slice, column, row } = demoNodule('part-solid');
const skip = hasWebKit() ? false : 'WebKitWebDriver and Xvfb are not here (Debian: webkit2gtk-driver, xvfb)';

describe('the loop in WebKit', { concurrency: false, skip }, () => {
  let viewer: WebKitViewer;
  let accepted: SegmentPixels;

  before(async () => {
    viewer = await WebKitViewer.open('webkit', await ensureDemoStudy(root, cacheFolder, console.error));
  });
  after(async () => {
    await viewer.close();
  });

  test('opens, and runs the model on several threads', async () => {
    await viewer.openStudy();
    assert.equal(await viewer.attribute('spa-status', 'data-backend'), 'wasm-threads');
  });

  test('proposes, adapts to a choice, and accepts into the viewer’s own segmentation', async () => {
    await viewer.showSlice(slice);
    await viewer.clickSlice(column, row);
    await viewer.waitForRound(1);
    await viewer.press('1');
    await viewer.waitForRound(2);
    await viewer.screenshot('proposal');
    const recommended = await viewer.pixels.recommended();
    await viewer.press(keys.Enter);
    await viewer.waitForState('idle');
    accepted = await viewer.pixels.allSegmentations();
    assert.equal(Object.keys(accepted).length, 1);
    assert.deepEqual(accepted, recommended);
  });

  test('follows the structure to the next image, and comes back, undoing', async () => {
    await viewer.press(keys.Shift, keys.ArrowDown);
    await viewer.waitForRound(1);
    await viewer.press(keys.Control, 'z');
    await viewer.waitForState('idle');
    assert.deepEqual(await viewer.pixels.allSegmentations(), accepted);
  });

  test('exports a file that is valid and holds what was accepted', async t => {
    const file = await viewer.exportSegmentation();
    checkExport(file, accepted, t);
  });

  test('nothing failed unseen', async () => {
    assert.deepEqual(await viewer.uncaught(), []);
  });
});
