import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cacheFolder } from '../../tools/dependencies.mjs';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import type { Rgb } from '../../extension/src/core/image/colours';
import { demoNodule } from './demo-nodule';
import { deploy, type Deployment } from './deployment';
import { coloursOf } from './in-page';
import { ViewerPage } from './viewer-page';

const root = path.resolve(import.meta.dirname, '../..');
const { slice, column, row } = demoNodule('part-solid');

/** As dark as the panel. */
const recommended: Rgb = [20, 40, 140];

/** Relative luminance as WCAG defines it. */
function luminance(colour: readonly number[]): number {
  const weights = [0.2126, 0.7152, 0.0722];
  return colour.reduce((sum, value, i) => {
    const light = value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return sum + light * (weights[i] ?? 0);
  }, 0);
}

const deployments = [
  {
    name: 'the plugin from another origin, in a viewer that is isolated from other origins',
    artifacts: 'deployment-isolated',
    plugin: 'elsewhere',
    isolated: true,
    backend: 'wasm-threads',
  },
  {
    name: 'the plugin from another origin, in a viewer that is not isolated',
    artifacts: 'deployment',
    plugin: 'elsewhere',
    isolated: false,
    backend: 'wasm',
  },
  {
    name: 'the plugin beside a viewer that is isolated, without the headers that isolate it',
    artifacts: 'deployment-beside',
    plugin: 'beside',
    isolated: true,
    backend: 'wasm-threads',
  },
] as const;

for (const { name, artifacts, plugin, isolated, backend } of deployments) {
  describe(`${name}, under a strict policy`, { concurrency: false }, () => {
    let deployment: Deployment;
    let viewer: ViewerPage;

    before(async () => {
      const data = await ensureDemoStudy(root, cacheFolder, console.error);
      deployment = await deploy({ data, isolated, plugin, colours: { recommended } });
      viewer = await ViewerPage.on(deployment, artifacts);
    });
    after(async () => {
      await viewer.close();
    });

    test('opens, and says on what the model runs', async () => {
      const [study] = viewer.studies;
      await viewer.openStudy(study ?? '');
      assert.equal(await viewer.by('spa-status').getAttribute('data-backend'), backend);
    });

    test('proposes candidates after a click, and learns from a choice', async () => {
      await viewer.showSlice(slice);
      await viewer.clickSlice(column, row);
      await viewer.waitForRound(1);
      assert.ok((await viewer.candidateAreas()).length >= 1);
      await viewer.by('spa-candidate-1').click();
      await viewer.waitForRound(2);
      await viewer.screenshot('proposal');
    });

    test('has the deployment’s colour on the panel, where its words are legible all the same', async () => {
      const title = viewer.page.locator('.spa-recommended-title');
      const [word = [], ground = [], swatch] = await title.evaluate(coloursOf);
      assert.deepEqual(swatch, recommended);
      const contrast = (luminance(word) + 0.05) / (luminance(ground) + 0.05);
      assert.ok(contrast >= 4.5, `a contrast of ${contrast.toFixed(1)}`);
    });

    test('accepts into the viewer’s segmentation, and exports it', async () => {
      const recommended = await viewer.pixels.recommended();
      await viewer.by('spa-accept').click();
      await viewer.waitForState('idle');
      assert.deepEqual(await viewer.pixels.segmentation(), recommended);
      await viewer.exportSegmentation();
      await viewer.screenshot('accepted');
    });

    // What a page keeps does not depend on whether it is isolated: the viewer is opened anew in one of both.
    if (artifacts === 'deployment-isolated') {
      test('goes on with what was learnt when the page is opened anew, until it is forgotten', async () => {
        const [study] = viewer.studies;
        await viewer.openStudy(study ?? '');
        await viewer.page.getByText('learnt from 2 answers, kept').waitFor();
        await viewer.screenshot('remembered');
        await viewer.by('spa-forget').click();
        await viewer.openStudy(study ?? '');
        await viewer.page.getByText('nothing learnt yet').waitFor();
      });
    }

    test('took model, runtime and worker from the plugin’s address', () => {
      const wanted = ['mode.js', 'extension.js', 'worker.js', 'bundle/manifest.json', 'bundle/encoder.onnx'];
      for (const file of [...wanted, 'ort/ort-wasm-simd-threaded.wasm']) {
        assert.ok(deployment.fetchedOfPlugin.has(file), `${file} was not fetched`);
      }
    });

    test('was refused nothing by the policy, and fetched nothing from elsewhere', () => {
      assert.deepEqual(deployment.violations, []);
      assert.deepEqual(viewer.faults, []);
    });
  });
}
