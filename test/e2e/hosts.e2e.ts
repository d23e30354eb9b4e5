import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Route } from 'playwright-core';
import { cacheFolder, ensureViewer } from '../../tools/dependencies.mjs';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { viewerVersions } from '../../tools/viewer.mjs';
import { demoNodule } from './demo-nodule';
import { checkExport } from './check-export';
import { isSeenWhole } from './in-page';
import { ViewerPage } from './viewer-page';
import type { SegmentPixels } from './viewer-pixels';

const root = path.resolve(import.meta.dirname, '../..');
const { slice, column, row } = demoNodule('part-solid');

for (const version of viewerVersions) {
  describe(`the loop in the released viewer ${version}`, { concurrency: false }, () => {
    let viewer: ViewerPage;
    let study: string;
    let accepted: SegmentPixels;

    before(async () => {
      const name = `host-${version}`;
      // What an earlier run stored would be served again.
      await rm(path.join(root, '.cache/test-store', name), { recursive: true, force: true });
      await ensureViewer(version, { log: console.error });
      const data = await ensureDemoStudy(root, cacheFolder, console.error);
      viewer = await ViewerPage.open(name, data, { viewer: version });
      study = viewer.studies[0] ?? '';
    });
    after(async () => {
      await viewer.close();
    });

    test('begins in the work list', async () => {
      await viewer.openDemoFromWorkList();
    });

    test('has a panel that ends where the window ends, so that its last line can be read', async () => {
      await viewer.by('spa-keys').locator('summary').click();
      const last = viewer.by('spa-keys').locator('dd').last();
      await viewer.wheelTo(last, viewer.page.locator('.spa-body'));
      const [panel, saving, line] = await Promise.all([
        viewer.by('spa-panel').boundingBox(),
        viewer.by('spa-export-seg').boundingBox(),
        last.boundingBox(),
      ]);
      assert.ok(panel !== null && saving !== null && line !== null);
      assert.ok(panel.y + panel.height <= 900, `the panel reaches to ${panel.y + panel.height} of 900`);
      assert.ok(line.y + line.height <= saving.y, `the last line ends at ${line.y + line.height}`);
      assert.ok(await last.evaluate(isSeenWhole), 'the last line is cut, or something lies over it');
      await viewer.screenshot('keys');
      await viewer.by('spa-keys').locator('summary').click();
    });

    test('proposes, adapts to a choice, and accepts into the viewer’s own segmentation', async () => {
      await viewer.showSlice(slice);
      await viewer.clickSlice(column, row);
      await viewer.waitForRound(1);
      await viewer.screenshot('proposal');
      await viewer.page.keyboard.press('1');
      await viewer.waitForRound(2);
      const recommended = await viewer.pixels.recommended();
      await viewer.page.keyboard.press('Enter');
      await viewer.waitForState('idle');
      accepted = await viewer.pixels.allSegmentations();
      assert.deepEqual(accepted, recommended);
      assert.equal(await viewer.segmentationCount(), 1);
      assert.equal(await viewer.overlayCount(), 0);
    });

    test('takes the accepted mask back to a proposal and accepts it again by the panel’s Undo and Redo', async () => {
      await viewer.by('spa-undo').click();
      await viewer.waitForRound(2);
      assert.deepEqual(await viewer.pixels.allSegmentations(), {});
      assert.deepEqual(await viewer.pixels.recommended(), accepted);
      await viewer.by('spa-redo').click();
      await viewer.waitForState('idle');
      assert.deepEqual(await viewer.pixels.allSegmentations(), accepted);
    });

    test('follows the structure to the next image, also after its slider was used, and waits there for an answer', async () => {
      await viewer.page.getByLabel('Image navigation scrollbar').first().focus();
      await viewer.follow(() => viewer.page.keyboard.press('Shift+ArrowUp'));
      await viewer.screenshot('followed');
      assert.equal(Object.keys(await viewer.pixels.recommended()).length, 1);
      assert.deepEqual(await viewer.pixels.allSegmentations(), accepted);
      await viewer.page.keyboard.press('Control+z');
      await viewer.waitForState('idle');
    });

    test('comes back, undoing, to the image on which the mask is taken back, and writes it there again', async () => {
      await viewer.page.keyboard.press('Control+z');
      await viewer.waitForRound(2);
      await viewer.waitForOverlay('recommended', true);
      assert.deepEqual(await viewer.pixels.allSegmentations(), {});
      assert.deepEqual(await viewer.pixels.recommended(), accepted);
      await viewer.screenshot('taken-back');
      await viewer.page.keyboard.press('Control+y');
      await viewer.waitForState('idle');
      assert.deepEqual(await viewer.pixels.allSegmentations(), accepted);
    });

    test('exports a file that is valid and holds what was accepted', async t => {
      const file = await viewer.exportSegmentation();
      checkExport(file, accepted, t);
    });

    test('says so when the server refuses it, and keeps it', async () => {
      const refuse = (route: Route): Promise<void> =>
        route.request().method() === 'POST' ? route.fulfill({ status: 503 }) : route.continue();
      await viewer.page.route('**/dicomweb/studies**', refuse);
      await viewer.by('spa-store-seg').click();
      await viewer.page.waitForSelector('[data-cy="spa-problem"][data-code="store-failed"]');
      await viewer.screenshot('store-refused');
      await viewer.page.unroute('**/dicomweb/studies**', refuse);
      await viewer.by('spa-dismiss').click();
      assert.deepEqual(await viewer.pixels.allSegmentations(), accepted);
    });

    test('stores it with its study, from where it opens again with every pixel, and goes on in it', async () => {
      await viewer.by('spa-store-seg').click();
      await viewer.page.getByText('was stored with its study').first().waitFor();
      await viewer.screenshot('stored');
      await viewer.openStudy(study);
      await viewer.openStoredSegmentation();
      assert.deepEqual(await viewer.pixels.allSegmentations(), accepted);
      await viewer.screenshot('opened-again');

      await viewer.showSlice(slice + 1);
      await viewer.clickSlice(column, row);
      await viewer.waitForRound(1);
      const recommended = await viewer.pixels.recommended();
      await viewer.page.keyboard.press('Enter');
      await viewer.waitForState('idle');
      assert.deepEqual(await viewer.pixels.allSegmentations(), { ...accepted, ...recommended });
      assert.equal(await viewer.segmentationCount(), 1);
      await viewer.by('spa-extent').filter({ hasText: '2 images' }).waitFor();
      await viewer.screenshot('continued');
    });

    test('follows a structure from the segmentation that was opened, on an image on which nothing was accepted since', async () => {
      await viewer.showSlice(slice);
      await viewer.follow(() => viewer.by('spa-follow-previous').click());
      const [recommended, ...others] = Object.values(await viewer.pixels.recommended());
      assert.ok(recommended !== undefined && recommended.length > 20);
      assert.deepEqual(others, []);
      await viewer.screenshot('followed-from-opened');
      await viewer.by('spa-cancel').click();
      await viewer.waitForState('idle');
    });

    test('has the viewer’s own brush beside its panel, and leads back from it', async () => {
      await viewer.showSlice(slice);
      const count = async (): Promise<number> =>
        Object.values(await viewer.pixels.segmentation()).reduce((sum, pixels) => sum + pixels.length, 0);
      const before = await count();
      await viewer.page.locator('[data-cy^="panelSegmentation"][data-cy$="-btn"]').click();
      await viewer.by('Brush').click();
      await viewer.clickSlice(column + 60, row + 60);
      await viewer.poll(async () => (await count()) > before, 'pixels of the brush');
      await viewer.screenshot('brushed');
      await viewer.by('spa-btn').click();
      await viewer.by('SpaSegmentation-btn').click();
      await viewer.clickSlice(column, row);
      await viewer.waitForRound(1);
      await viewer.by('spa-cancel').click();
      await viewer.waitForState('idle');
    });

    test('nothing failed unseen and nothing was fetched from elsewhere', () => {
      assert.deepEqual(viewer.faults, []);
    });
  });
}
