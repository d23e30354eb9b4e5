/** @jest-environment ./test/inference/onnx-environment.mjs */
import type { PointNetworkDescription } from '../../extension/src/core/network/network';
import type { PointPrompts } from '../../extension/src/core/prompts/prompt-points';
import { loadBundle, type Bundle } from '../../extension/src/inference/bundle/load-bundle';
import type { OpenNetwork } from '../../extension/src/inference/graph-network';
import { openNetwork } from '../../extension/src/inference/open-network';
import { folderSource } from '../../tools/folder-source';
import { nodeRuntime } from '../../tools/node-runtime';

const [S, L] = [32, 8];
let bundle: Bundle;

beforeAll(async () => {
  bundle = await loadBundle(folderSource(new URL('./tiny-reference', import.meta.url).pathname));
});

/** Row first, as the bundle takes them. */
function clicks(...points: readonly (readonly [row: number, column: number, label: number])[]): PointPrompts {
  return {
    kind: 'points',
    points: Float32Array.from(points.flatMap(([row, column]) => [row, column])),
    labels: Float32Array.from(points, ([, , label]) => label),
    mask: null,
  };
}

async function withPrompted<T>(
  prompts: PointPrompts,
  work: (network: OpenNetwork, conditioning: Awaited<ReturnType<OpenNetwork['prompt']>>) => Promise<T>,
): Promise<T> {
  const network = await openNetwork(nodeRuntime(), bundle);
  const features = await network.encode(new Float32Array(3 * S * S));
  const conditioning = await network.prompt(features, prompts);
  try {
    return await work(network, conditioning);
  } finally {
    conditioning.release();
    features.release();
    await network.close();
  }
}

function withNetwork(change: Partial<PointNetworkDescription>): Bundle {
  const { network } = bundle.manifest;
  if (network.engine === 'bayes') throw new Error('The bundle has another engine.');
  return { ...bundle, manifest: { ...bundle.manifest, network: { ...network, ...change } } };
}

describe('the network of a bundle of the engine reference', () => {
  it('tells the prompts as points and gives masks on a grid of its own', async () => {
    // Row 13.5, column 25.5 of 32 lie in the middle of row 3, column 6 of 8 (integers are centres).
    const { logits } = await withPrompted(clicks([13.5, 25.5, 1]), (network, conditioning) =>
      network.decode(conditioning, Float32Array.of(0, 0, -1, 0)),
    );
    expect(logits).toHaveLength(2 * L * L);
    expect(logits[3 * L + 6]).toBeCloseTo(3, 5);
    expect(logits[5 * L + 6]).toBeCloseTo(3 - 4 / 8, 5);
    expect(logits[3 * L + 3]).toBeCloseTo(3 - 9 / 8, 5);
    expect(logits[L * L + 3 * L + 6]).toBeCloseTo(2, 5);
  });

  it('takes means and variances from the prompts, and weights from the responsibilities', async () => {
    const mixture = await withPrompted(clicks([5, 5, 1], [9, 9, 1]), (network, conditioning) => {
      if (network.distribution === undefined) throw new Error('There is no distribution.');
      return network.distribution(conditioning, Float32Array.of(0, 0, 1));
    });
    const total = 2 + Math.E;
    [1 / total, 1 / total, Math.E / total].forEach((weight, m) =>
      expect(mixture.weights[m]).toBeCloseTo(weight, 5),
    );
    expect(mixture.means.flat()).toEqual([0.2, 0.4, 0.6].map(value => expect.closeTo(value, 5)));
    expect(mixture.variances.flat()).toEqual([0.02, 0.04, 0.06].map(value => expect.closeTo(value, 5)));
  });

  it('divides the logits by the temperature of the calibration', async () => {
    const warm: Bundle = { ...bundle, manifest: { ...bundle.manifest, temperature: 2 } };
    const network = await openNetwork(nodeRuntime(), warm);
    const features = await network.encode(new Float32Array(3 * S * S));
    const conditioning = await network.prompt(features, clicks([13.5, 25.5, 1]));
    const { logits } = await network.decode(conditioning, Float32Array.of(0, 0));
    expect(logits[3 * L + 6]).toBeCloseTo(1.5, 5);
    await network.close();
  });

  it('refuses prompts that are maps', async () => {
    const network = await openNetwork(nodeRuntime(), bundle);
    const features = await network.encode(new Float32Array(3 * S * S));
    await expect(network.prompt(features, { kind: 'maps', maps: new Float32Array(S * S) })).rejects.toThrow(
      'as points',
    );
    await network.close();
  });

  it.each([
    ['the masks have another side', { outputSize: 16 }, 'output "logits" of its graph head'],
    ['the input has another side', { inputSize: 64 }, 'input "image" of its graph encoder'],
  ])('is refused when %s', async (_, change, where) => {
    await expect(openNetwork(nodeRuntime(), withNetwork(change))).rejects.toMatchObject({
      code: 'bundle-invalid',
      message: expect.stringContaining(where),
    });
  });

  it('is refused when the mixture has another number of components', async () => {
    const prior = { weights: [1], means: [[0]], variances: [[1]] };
    const latent = { dimension: 2, samples: 6, components: 1, prior };
    await expect(openNetwork(nodeRuntime(), withNetwork({ latent }))).rejects.toMatchObject({
      message: expect.stringContaining('output "means" of its graph prompt must have the shape [1]'),
    });
  });
});
