import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from '../../tools/dependencies.mjs';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { demoNodule } from './demo-nodule';
import { patience, ViewerPage } from './viewer-page';

const root = path.resolve(import.meta.dirname, '../..');

describe('faults that a user can meet', { concurrency: false }, () => {
  let viewer: ViewerPage;
  let bundle: string;
  let encoder: Buffer;

  before(async () => {
    bundle = await mkdtemp(path.join(tmpdir(), 'spa-bundle-'));
    await cp(path.join(root, 'models/default'), bundle, { recursive: true });
    encoder = await readFile(path.join(bundle, 'encoder.onnx'));
    const data = await ensureDemoStudy(root, cacheFolder, console.error);
    viewer = await ViewerPage.open('faults', data, { bundle });
  });
  after(async () => {
    await viewer.close();
    await rm(bundle, { recursive: true });
  });

  async function openAnyStudy(): Promise<void> {
    const [study] = viewer.studies;
    await viewer.page.goto(`${viewer.url}spa?StudyInstanceUIDs=${study ?? ''}`);
  }

  /** Rejects in the end, so that a part that nobody asks for fails the test. */
  async function tooLate(part: string): Promise<never> {
    await pause(patience, undefined, { ref: false });
    throw new Error(`${part} was not asked for.`);
  }

  /** The server has lost `part` when `act` makes the plugin ask for it; it has it again afterwards. */
  async function without(part: string, act: () => Promise<void>): Promise<void> {
    let miss = (): void => undefined;
    const missed = new Promise<void>(resolve => (miss = resolve));
    await viewer.page.route(`**/${part}`, async route => {
      await route.fulfill({ status: 404 });
      miss();
    });
    await act();
    await Promise.race([missed, tooLate(part)]);
    await viewer.waitForState('error');
    await viewer.page.unroute(`**/${part}`);
  }

  // In the order in which they are asked for: that the next one is asked for tells that Retry has overcome the want of the one before.
  const parts = ['worker.js', 'runtime-wasm.*.js', 'ort-wasm-simd-threaded.js'];
  for (const [place, part] of parts.entries()) {
    test(`without ${part} the panel says that nothing could be started, and Retry goes on once it is there`, async () => {
      await without(part, place === 0 ? openAnyStudy : () => viewer.by('spa-retry').click());
      assert.match((await viewer.by('spa-problem').textContent()) ?? '', /could not be started/);
    });
  }

  test('a bundle with a changed file is refused in words, and Retry loads it once it is mended', async () => {
    const changed = Buffer.from(encoder);
    changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
    await writeFile(path.join(bundle, 'encoder.onnx'), changed);
    await viewer.by('spa-retry').click();
    await viewer.by('spa-problem').filter({ hasText: 'encoder.onnx' }).waitFor();
    await viewer.waitForState('error');
    await viewer.screenshot('changed-file');

    await writeFile(path.join(bundle, 'encoder.onnx'), encoder);
    await viewer.by('spa-retry').click();
    await viewer.waitForState('idle');
  });

  test('a click beside the image is answered in words and changes nothing', async () => {
    await viewer.waitForImage();
    await viewer.clickSlice(-4, 256);
    await viewer.by('spa-problem').waitFor();
    assert.match((await viewer.by('spa-problem').textContent()) ?? '', /outside the image/);
    assert.equal(await viewer.number('spa-panel', 'data-round'), 0);
    await viewer.by('spa-dismiss').click();
    await viewer.waitForState('idle');
  });

  test('on a plane reconstructed from a volume the panel says what to do instead', async () => {
    await viewer.setHangingProtocol('mpr');
    // The first viewport is the active one; the host takes the first click into another one to activate it.
    const centre = await viewer.page.locator('.cornerstone-viewport-element').first().boundingBox();
    assert.ok(centre !== null);
    await viewer.page.mouse.click(centre.x + centre.width / 2, centre.y + centre.height / 2);
    await viewer.by('spa-problem').waitFor();
    await viewer.screenshot('reconstructed-plane');
    assert.match((await viewer.by('spa-problem').textContent()) ?? '', /reconstruct/i);
    await viewer.by('spa-retry').click();
    await viewer.by('spa-problem').waitFor({ state: 'detached' });
  });

  test('after all that a click proposes as if nothing had happened', async () => {
    await viewer.page.waitForFunction(
      () => document.querySelectorAll('.cornerstone-viewport-element').length === 1,
    );
    await viewer.waitForImage();
    const { slice, column, row } = demoNodule('spiculated');
    await viewer.showSlice(slice);
    await viewer.clickSlice(column, row);
    await viewer.waitForRound(1);
    await viewer.screenshot('recovered');
    assert.equal(await viewer.pixels.recommendedCovers(column, row), true);
  });

  test('a worker that the browser ends without a word is told of at once, and Retry goes on with a fresh one', async () => {
    const recommended = await viewer.pixels.recommended();
    const workers = viewer.page.workers().filter(worker => worker.url().endsWith('/spa/worker.js'));
    assert.equal(workers.length, 1);
    // With the next thing that is asked of it.
    await workers[0]?.evaluate(() => {
      self.addEventListener(
        'message',
        event => {
          event.stopImmediatePropagation();
          self.close();
        },
        { capture: true },
      );
    });
    await viewer.by('spa-field-larger').click();
    await viewer.page.waitForSelector('[data-cy="spa-problem"][data-code="worker-crashed"]');
    assert.deepEqual(await viewer.pixels.recommended(), recommended);
    await viewer.screenshot('worker-ended');
    await viewer.by('spa-retry').click();
    await viewer.waitForRound(2);
  });

  test('nothing failed unseen and nothing was fetched from elsewhere', () => {
    assert.deepEqual(viewer.faults, []);
  });
});
