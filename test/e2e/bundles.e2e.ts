import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { STUDY_GRID } from '../../demo/phantom/grid';
import { noduleOnImage, nodules } from '../../demo/phantom/nodules';
import { cacheFolder } from '../../tools/dependencies.mjs';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { ViewerPage } from './viewer-page';

const root = path.resolve(import.meta.dirname, '../..');
const tiny = (name: string): string => path.join(root, 'test/inference', name);

describe('the models that a deployment lists', { concurrency: false }, () => {
  let viewer: ViewerPage;
  let broken: string;
  const [nodule] = nodules;
  assert.ok(nodule !== undefined);
  const at = noduleOnImage(nodule, STUDY_GRID);
  const [column, row] = [Math.round(at.column), Math.round(at.row)];

  before(async () => {
    broken = await mkdtemp(path.join(tmpdir(), 'broken-model-'));
    await cp(tiny('tiny-sam'), broken, { recursive: true });
    await writeFile(path.join(broken, 'head.weights'), Buffer.alloc(512));
    const data = await ensureDemoStudy(root, cacheFolder, console.error);
    const bundles = [path.join(root, 'models/default'), tiny('tiny-sam'), broken, tiny('tiny-reference')];
    viewer = await ViewerPage.open('bundles', data, { bundles });
    const [study] = viewer.studies;
    await viewer.openStudy(study ?? '');
    await viewer.showSlice(Math.round(at.slice));
  });
  after(async () => {
    await viewer.close();
    await rm(broken, { recursive: true });
  });

  async function change(to: number): Promise<void> {
    await viewer.by('spa-bundle').click();
    await viewer.by(`spa-bundle-${to}`).click();
  }

  async function waitForModel(name: string): Promise<void> {
    await viewer.by('spa-bundle').filter({ hasText: name }).waitFor();
  }

  test('are listed with what the one at work is', async () => {
    await viewer.clickSlice(column, row);
    await viewer.waitForRound(1);
    await viewer.by('spa-bundle').click();
    await viewer.screenshot('models-listed');
    assert.match((await viewer.by('spa-bundle-2').textContent()) ?? '', /tiny sam 1\.0\.0/);
    await viewer.by('spa-bundle').click();
  });

  test('take over the structure in work; a modality that the new one was not made for is told', async () => {
    await change(2);
    await waitForModel('tiny sam');
    await viewer.waitForRound(2);
    assert.match((await viewer.by('spa-warning').textContent()) ?? '', /CT.*US/);
    // A disc of 4 of 8 pixels of the whole slice around the click that was made before.
    assert.equal(await viewer.pixels.recommendedCovers(column, row), true);
    assert.equal(await viewer.by('spa-forget').count(), 0);
    await viewer.screenshot('plain-sam');
  });

  test('go on with clicks and choices', async () => {
    await viewer.by('spa-candidate-1').click();
    await viewer.waitForRound(3);
    await viewer.clickSlice(column + 5, row);
    await viewer.waitForRound(4);
  });

  test('show how far they are on their way, and can be called off', async () => {
    const before = await viewer.pixels.recommended();
    let letGo = (): void => undefined;
    const held = new Promise<void>(resolve => (letGo = resolve));
    await viewer.page.route('**/head.onnx', async route => {
      await held;
      await route.abort().catch(() => undefined); // a request that was called off is no longer there
    });
    await change(4);
    await viewer.by('spa-opening').waitFor();
    await viewer.page.waitForFunction(
      () => Number(document.querySelector('[data-cy="spa-progress"]')?.getAttribute('aria-valuenow')) > 0,
    );
    await viewer.screenshot('on-its-way');
    await viewer.by('spa-opening-cancel').click();
    await viewer.by('spa-opening').waitFor({ state: 'detached' });
    letGo();
    await viewer.page.unroute('**/head.onnx');
    assert.equal(await viewer.by('spa-problem').count(), 0);
    await waitForModel('tiny sam');
    assert.deepEqual(await viewer.pixels.recommended(), before);
  });

  test('that cannot be opened leave the present one at work, with what is wrong in words', async () => {
    const before = await viewer.pixels.recommended();
    await change(3);
    await viewer.by('spa-problem').waitFor();
    assert.match(
      (await viewer.by('spa-problem').textContent()) ?? '',
      /tiny sam 1\.0\.0 stays at work.*head\.weights/,
    );
    await viewer.screenshot('broken-model');
    await viewer.by('spa-dismiss').click();
    await waitForModel('tiny sam');
    assert.deepEqual(await viewer.pixels.recommended(), before);
  });

  test('keep what was accepted before', async () => {
    await viewer.page.keyboard.press('Enter');
    await viewer.waitForState('idle');
    assert.equal(await viewer.segmentationCount(), 1);
    await viewer.clickSlice(column, row);
    await viewer.waitForRound(1);
    await change(4);
    await waitForModel('tiny reference');
    await viewer.waitForRound(2);
    assert.equal(await viewer.segmentationCount(), 1);
    await viewer.by('spa-candidate-1').click();
    await viewer.waitForRound(3);
    await viewer.screenshot('as-published');
    assert.deepEqual(viewer.faults, []);
  });
});
