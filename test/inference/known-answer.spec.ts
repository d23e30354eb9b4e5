/** @jest-environment ./test/inference/onnx-environment.mjs */
import { loadBundle, type Bundle } from '../../extension/src/inference/bundle/load-bundle';
import { knownImage, type KnownAnswer } from '../../extension/src/inference/known-answer';
import { openNetwork } from '../../extension/src/inference/open-network';
import type { Runtime } from '../../extension/src/inference/runtime';
import { folderSource } from '../../tools/folder-source';
import { nodeRuntime } from '../../tools/node-runtime';
import { spoiling } from './spoiling-runtime';

const S = 32;
const point = { x: 10, y: 20 };
const latent = [0.5, -1.5];

const image = (row: number, column: number): number => Math.sin(0.13 * row) + Math.cos(0.09 * column);

/** What the tiny bundle draws there: 4 + log(positive) - log(negative) + 2 z0 + z1 (image + a tenth of the mean of its 4 x 4 block). */
function tinyLogit(row: number, column: number): number {
  const near = -((column - point.x) ** 2 + (row - point.y) ** 2) / (2 * 2.5 ** 2);
  let around = 0;
  for (let i = 0; i < 16; i++) {
    around += image(4 * Math.floor(row / 4) + Math.floor(i / 4), 4 * Math.floor(column / 4) + (i % 4)) / 16;
  }
  const grey = image(row, column) + 0.1 * around;
  return 4 + near - Math.log(1e-5) + 2 * (latent[0] ?? 0) + (latent[1] ?? 0) * grey;
}

const places = [
  [20, 10],
  [18, 13],
  [24, 7],
] as const;
const answer: KnownAnswer = {
  image: knownImage,
  point,
  latent,
  logits: places.map(([row, column]) => ({ row, column, value: tinyLogit(row, column) })),
};

let tiny: Bundle;
beforeAll(async () => {
  const bundle = await loadBundle(folderSource(new URL('./tiny-bundle', import.meta.url).pathname));
  tiny = { ...bundle, manifest: { ...bundle.manifest, check: answer } };
});

describe('a bundle that knows an answer', () => {
  it('opens on a runtime that gives it', async () => {
    const network = await openNetwork(nodeRuntime(), tiny);
    await network.close();
  });

  it('opens whatever the calibration divides logits by', async () => {
    const warm = { ...tiny, manifest: { ...tiny.manifest, temperature: 3 } };
    const network = await openNetwork(nodeRuntime(), warm);
    await network.close();
  });

  it('opens on a runtime whose arithmetic is a little less exact', async () => {
    const inexact = spoiling(logits => logits.forEach((value, i) => (logits[i] = value * 1.001)));
    const network = await openNetwork(inexact, tiny);
    await network.close();
  });

  it.each([
    ['gives maps of another kind', (logits: Float32Array) => logits.fill(0)],
    ['gives something else at one of the pixels', (logits: Float32Array) => (logits[18 * S + 13] = 3)],
    ['computes only the first of a batch', (logits: Float32Array) => logits.fill(0, S * S)],
    ['gives no numbers', (logits: Float32Array) => logits.fill(NaN)],
  ])('is refused where the runtime %s', async (_what, spoil) => {
    await expect(openNetwork(spoiling(spoil), tiny)).rejects.toMatchObject({
      code: 'wrong-results',
      message: expect.stringMatching(/its results were wrong \(\S+ in the place of \S+\)\. Press Retry/),
    });
  });

  it('is refused where it draws another image than the one that was published', async () => {
    const logits = [{ row: 20, column: 10, value: tinyLogit(20, 10) + 0.2 }];
    const other = { ...tiny, manifest: { ...tiny.manifest, check: { ...answer, logits } } };
    await expect(openNetwork(nodeRuntime(), other)).rejects.toMatchObject({ code: 'wrong-results' });
  });
});

describe.each([
  // Row first is how the one takes points: a click in column 25.5, row 13.5 lies in the middle of column 6, row 3 of its masks.
  { engine: 'reference', latent: [-0.5, 1], bias: 3 - 0.5 },
  { engine: 'sam', latent: [], bias: 1 },
])('a bundle of the engine $engine that knows an answer', ({ engine, latent: known, bias }) => {
  const mean = Array.from({ length: S * S }, (_, i) => image(Math.floor(i / S), i % S)).reduce(
    (sum, value) => sum + value / (S * S),
    0,
  );
  const logits = [
    [3, 6],
    [5, 6],
    [3, 2],
  ].map(([row = 0, column = 0]) => ({
    row,
    column,
    value: bias - ((row - 3) ** 2 + (column - 6) ** 2) / 8 + mean,
  }));
  const graphicsCard = (runtime: Runtime): Runtime => ({ ...runtime, device: 'graphics card' });
  let asked: Bundle;
  let wrong: Bundle;

  beforeAll(async () => {
    const bundle = await loadBundle(folderSource(new URL(`./tiny-${engine}`, import.meta.url).pathname));
    const withAnswer = (values: KnownAnswer['logits']): Bundle => {
      const check = {
        image: knownImage,
        point: { x: 25.5, y: 13.5 },
        latent: known,
        logits: values,
      } as const;
      return { ...bundle, manifest: { ...bundle.manifest, temperature: 2, check } };
    };
    asked = withAnswer(logits);
    wrong = withAnswer(logits.map(each => ({ ...each, value: each.value + 0.2 })));
  });

  it('opens on a graphics card that gives it', async () => {
    const network = await openNetwork(graphicsCard(nodeRuntime()), asked);
    await network.close();
  });

  it('is refused on one that gives something else', async () => {
    await expect(openNetwork(graphicsCard(nodeRuntime()), wrong)).rejects.toMatchObject({
      code: 'wrong-results',
    });
    const zeros = graphicsCard(spoiling(values => values.fill(0)));
    await expect(openNetwork(zeros, asked)).rejects.toMatchObject({ code: 'wrong-results' });
  });

  it('is not asked on a processor, whose user would wait for the encoder', async () => {
    const network = await openNetwork(nodeRuntime(), wrong);
    await network.close();
  });
});

describe('the bundle that ships', () => {
  it('has an answer by which runtimes are tried out, and gives it', async () => {
    const bundle = await loadBundle(folderSource(new URL('../../models/default', import.meta.url).pathname));
    expect(bundle.manifest.check?.logits).toHaveLength(16);
    const network = await openNetwork(nodeRuntime(), bundle);
    await network.close();
  });
});
