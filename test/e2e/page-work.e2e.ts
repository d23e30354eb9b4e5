import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cacheFolder } from '../../tools/dependencies.mjs';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { demoNodule } from './demo-nodule';
import { LayerWatch } from './layer-watch';
import { LongTasks } from './long-tasks';
import { ShaderWatch } from './shader-watch';
import { ViewerPage } from './viewer-page';

declare global {
  interface Window {
    heardAfter: Promise<number>;
  }
}

const root = path.resolve(import.meta.dirname, '../..');
/** One for the recommended mask, one for the candidates, which share a second one where that shows their borders better. */
const FEWEST_LAYERS = 2;

describe('what a click costs the page', { concurrency: false }, () => {
  let viewer: ViewerPage;
  let layers: LayerWatch;
  let long: LongTasks;
  let shaders: ShaderWatch;
  const { slice, column, row } = demoNodule('part-solid');

  before(async () => {
    viewer = await ViewerPage.open('page-work', await ensureDemoStudy(root, cacheFolder, console.error));
    layers = await LayerWatch.begin(viewer.page);
    long = await LongTasks.watch(viewer.page);
    shaders = await ShaderWatch.begin(viewer.page);
    const [study] = viewer.studies;
    await viewer.openStudy(study ?? '');
  });
  after(async () => {
    await viewer.close();
  });

  test('the renderer is readied for labelmaps while the viewer opens, and nothing of it stays', async () => {
    await layers.waitUntilSeen('warm-up-fill');
    await layers.waitForCount(0);
    await shaders.take();
  });

  test('a click is heard at once: the host would hold it back for 400 ms, for want of a second one', async () => {
    await viewer.page.evaluate(() => {
      window.heardAfter = new Promise(resolve => {
        const status = document.querySelector('[data-cy="spa-status"]');
        document.addEventListener(
          'mousedown',
          ({ timeStamp }) => {
            const observer = new MutationObserver(() => {
              observer.disconnect();
              resolve(performance.now() - timeStamp);
            });
            if (status !== null) observer.observe(status, { attributes: true });
          },
          { once: true, capture: true },
        );
      });
    });
    await viewer.clickSlice(column, row);
    const heardAfter = await viewer.page.evaluate(() => window.heardAfter);
    await viewer.page.keyboard.press('Escape');
    await viewer.waitForState('idle');
    assert.ok(heardAfter < 350, `${Math.round(heardAfter)} ms`);
  });

  test('layers are made one after the other, not all at once with the round', async t => {
    await viewer.showSlice(slice);
    await layers.madeByCallback();
    await long.take();
    await viewer.clickSlice(column, row);
    await viewer.waitForRound(1);
    const count = await layers.settledCount();
    assert.ok(count >= FEWEST_LAYERS, `${count} layers`);
    assert.deepEqual(
      await layers.madeByCallback(),
      Array.from({ length: count }, () => 1),
    );
    t.diagnostic(`tasks above 50 ms from click to masks: ${(await long.take()).join(', ') || 'none'}`);
  });

  test('later rounds paint the layers that are there, and make but the one that their candidates may need more', async t => {
    const before = await layers.actors(await layers.settledCount());
    await viewer.by('spa-candidate-1').hover();
    await viewer.clickSlice(column + 2, row);
    await viewer.waitForRound(2);
    await viewer.clickSlice(column, row + 2);
    await viewer.waitForRound(3);
    const after = await layers.actors(await layers.settledCount());
    assert.deepEqual(after.slice(0, before.length), before);
    assert.ok(after.length <= FEWEST_LAYERS + 1, `${after.length} layers`);
    t.diagnostic(`tasks above 50 ms in two more rounds: ${(await long.take()).join(', ') || 'none'}`);
  });

  test('all that the renderer compiles for labelmaps is compiled while the viewer opens', async () => {
    const count = await layers.settledCount();
    await viewer.page.keyboard.press('u');
    await viewer.waitForOverlay('uncertainty', true);
    await layers.actors(count + 1);
    await viewer.page.keyboard.press('u');
    await viewer.waitForOverlay('uncertainty', false);
    await layers.actors(count);
    assert.equal(await shaders.take(), 0);
  });

  test('accepting leaves the host without its statistics, for which it would copy the labelmaps of the whole series', async t => {
    await long.take();
    await viewer.page.keyboard.press('Enter');
    await viewer.waitForState('idle');
    t.diagnostic(
      `tasks above 50 ms from Enter to the next click: ${(await long.take()).join(', ') || 'none'}`,
    );
    assert.equal(await viewer.segmentationCount(), 1);
    const off = await viewer.page.evaluate(() =>
      window.services.customizationService.getCustomization(
        'panelSegmentation.disableUpdateSegmentationStats',
      ),
    );
    assert.equal(off, true);
  });

  test('neither a mask that was accepted under the pointer nor the next image has it compile more', async () => {
    await viewer.showSlice(slice + 3);
    await viewer.clickSlice(column, row);
    await viewer.waitForRound(1);
    await layers.actors(await layers.settledCount());
    await viewer.by('spa-candidate-1').hover();
    await viewer.page.keyboard.press('Enter');
    await viewer.waitForState('idle');
    await viewer.showSlice(slice);
    await viewer.waitForSegmentation();
    assert.equal(await shaders.take(), 0);
  });

  test('nothing failed unseen and nothing was fetched from elsewhere', () => {
    assert.deepEqual(viewer.faults, []);
  });
});
