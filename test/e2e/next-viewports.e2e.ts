import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cacheFolder, ensureViewer } from '../../tools/dependencies.mjs';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { viewerVersions } from '../../tools/viewer.mjs';
import { demoNodule } from './demo-nodule';
import { checkExport } from './check-export';
import { ViewerPage } from './viewer-page';

const root = path.resolve(import.meta.dirname, '../..');
const { slice, column, row } = demoNodule('part-solid');

/** The viewer has them from 3.13 on, for those who ask for them. */
const versions = viewerVersions.filter(version => !/^3\.1[12]\./.test(version));

for (const version of versions) {
  describe(`the loop in next viewports of ${version}`, { concurrency: false }, () => {
    let viewer: ViewerPage;

    before(async () => {
      await ensureViewer(version, { log: console.error });
      const data = await ensureDemoStudy(root, cacheFolder, console.error);
      viewer = await ViewerPage.open(`next-viewports-${version}`, data, { viewer: version });
      await viewer.openStudy(viewer.studies[0] ?? '', '&useNextViewports=true');
    });
    after(async () => {
      await viewer.close();
    });

    test('proposes at the click, adapts to a choice, and accepts into the viewer’s own segmentation', async () => {
      const type = await viewer.page.evaluate(
        () => window.cornerstone.getRenderingEngines()[0]?.getViewports()[0]?.type,
      );
      assert.equal(type, 'planarNext');
      await viewer.showSlice(slice);
      await viewer.waitForCurrentImage();
      await viewer.clickSlice(column, row);
      await viewer.waitForRound(1);
      assert.equal(await viewer.pixels.recommendedCovers(column, row), true);
      await viewer.screenshot('proposal');
      // What a labelmap's labels range over is no window of the images.
      await viewer.page.getByText('1500').first().waitFor();
      const before = await viewer.viewportPicture();
      await viewer.by('spa-candidate-1').hover();
      await viewer.waitForOtherPicture(before);
      await viewer.page.keyboard.press('1');
      await viewer.waitForRound(2);
      const recommended = await viewer.pixels.recommended();
      await viewer.page.keyboard.press('Enter');
      await viewer.waitForState('idle');
      assert.deepEqual(await viewer.pixels.allSegmentations(), recommended);
      assert.equal(await viewer.overlayCount(), 0);
      await viewer.screenshot('accepted');
    });

    test('follows the structure to the next images', async () => {
      await viewer.follow(() => viewer.page.keyboard.press('Shift+ArrowUp'));
      await viewer.follow(() => viewer.page.keyboard.press('Shift+ArrowUp'));
      await viewer.screenshot('followed');
      assert.equal(Object.keys(await viewer.pixels.allSegmentations()).length, 2);
      await viewer.page.keyboard.press('Escape');
      await viewer.waitForState('idle');
    });

    test('exports a file that is valid and holds what was accepted', async t => {
      const onScreen = await viewer.pixels.allSegmentations();
      const file = await viewer.exportSegmentation();
      checkExport(file, onScreen, t);
    });

    test('refuses a reconstructed plane with a sentence, and leads back to the slices', async () => {
      await viewer.setHangingProtocol('mpr');
      await viewer.page.waitForFunction(
        () => (window.cornerstone.getRenderingEngines()[0]?.getViewports().length ?? 0) >= 3,
      );
      await viewer.waitForImage();
      const canvas = await viewer.page.locator('[data-cy="viewport-grid"] canvas').first().boundingBox();
      assert.ok(canvas !== null);
      await viewer.page.mouse.click(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
      await viewer.page.waitForSelector('[data-cy="spa-problem"][data-code="plane-unsupported"]');
      await viewer.screenshot('refused');
    });

    test('nothing failed unseen and nothing was fetched from elsewhere', () => {
      assert.deepEqual(viewer.faults, []);
    });
  });
}
