import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Route } from 'playwright-core';
import { cacheFolder } from '../../tools/dependencies.mjs';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { checkExport } from './check-export';
import { demoNodule } from './demo-nodule';
import { ViewerPage } from './viewer-page';
import type { SegmentPixels } from './viewer-pixels';

const root = path.resolve(import.meta.dirname, '../..');
const { slice, column, row } = demoNodule('part-solid');

/** As a deployment adds the viewer's data source of files that its user opens from the disc. */
async function addLocalFiles(route: Route): Promise<void> {
  const response = await route.fetch();
  const source = `{
    namespace: '@ohif/extension-default.dataSourcesModule.dicomlocal',
    sourceName: 'dicomlocal',
    configuration: { friendlyName: 'Files on the disc' },
  },`;
  await route.fulfill({ response, body: (await response.text()).replace('dataSources: [', `$&${source}`) });
}

describe('files that the user opens from the disc', { concurrency: false }, () => {
  let viewer: ViewerPage;
  let images: string[];
  let accepted: SegmentPixels;
  let exported: string;

  async function open(files: readonly string[]): Promise<void> {
    await viewer.page.goto(`${viewer.url}local`);
    await viewer.page
      .locator('input[type=file]')
      .first()
      .setInputFiles([...files]);
    await viewer.page.waitForURL('**/?dataSources=dicomlocal');
    await viewer.openDemoFromList();
  }

  before(async () => {
    const data = await ensureDemoStudy(root, cacheFolder, console.error);
    images = readdirSync(data).map(name => path.join(data, name));
    viewer = await ViewerPage.open('local-files', data);
    await viewer.page.route('**/app-config.js', addLocalFiles);
  });
  after(async () => {
    await viewer.close();
  });

  test('are segmented like those of a server, but for Store SEG, as there is no server', async t => {
    await open(images);
    await viewer.showSlice(slice);
    await viewer.clickSlice(column, row);
    await viewer.waitForRound(1);
    accepted = await viewer.pixels.recommended();
    await viewer.page.keyboard.press('Enter');
    await viewer.waitForState('idle');
    assert.deepEqual(await viewer.pixels.allSegmentations(), accepted);
    assert.equal(await viewer.by('spa-store-seg').count(), 0);
    await viewer.screenshot('accepted');
    exported = await viewer.exportSegmentation();
    checkExport(exported, accepted, t);
  });

  test('are opened again with the exported SEG beside them, which is gone on with', async () => {
    await open([...images, exported]);
    await viewer.openStoredSegmentation();
    assert.deepEqual(await viewer.pixels.allSegmentations(), accepted);
    await viewer.showSlice(slice);
    await viewer.follow(() => viewer.by('spa-follow-previous').click());
    const followed = await viewer.pixels.recommended();
    await viewer.page.keyboard.press('Enter');
    await viewer.waitForState('idle');
    assert.deepEqual(await viewer.pixels.allSegmentations(), { ...accepted, ...followed });
    await viewer.screenshot('gone-on');
    assert.deepEqual(viewer.faults, []);
  });
});
