/** @jest-environment ./test/inference/onnx-environment.mjs */
import type { PointPrompts } from '../../extension/src/core/prompts/prompt-points';
import { loadBundle, type Bundle } from '../../extension/src/inference/bundle/load-bundle';
import { openNetwork } from '../../extension/src/inference/open-network';
import type { Runtime } from '../../extension/src/inference/runtime';
import { folderSource } from '../../tools/folder-source';
import { nodeRuntime } from '../../tools/node-runtime';

const [S, L] = [32, 8];
let bundle: Bundle;

beforeAll(async () => {
  bundle = await loadBundle(folderSource(new URL('./tiny-sam', import.meta.url).pathname));
});

/** A click at column 25.5 and row 13.5 of 32: the middle of column 6, row 3 of 8. */
function click(mask: Float32Array | null): PointPrompts {
  return { kind: 'points', points: Float32Array.of(25.5, 13.5), labels: Float32Array.of(1), mask };
}

async function decode(prompts: PointPrompts, runtime: Runtime = nodeRuntime()) {
  const network = await openNetwork(runtime, bundle);
  const features = await network.encode(new Float32Array(3 * S * S));
  const conditioning = await network.prompt(features, prompts);
  const decoded = await network.decode(conditioning, new Float32Array(0));
  features.release();
  await network.close();
  return decoded;
}

describe('the network of a bundle of the engine sam', () => {
  it('gives its three masks with the quality that it predicts for each, its weights in a file of their own', async () => {
    expect(bundle.graphs.get('head')?.data.map(({ path }) => path)).toEqual(['head.weights']);
    const { logits, quality } = await decode(click(null));
    expect(logits).toHaveLength(3 * L * L);
    [1, 2, 4].forEach((level, k) => {
      expect(logits[k * L * L + 3 * L + 6]).toBeCloseTo(level, 5);
      expect(logits[k * L * L + 3 * L + 4]).toBeCloseTo(level - 4 / 8, 5);
    });
    expect(Array.from(quality ?? [])).toEqual([0.5, 0.9, 0.7].map(value => expect.closeTo(value, 5)));
  });

  it('is told the logits of the mask on which the user builds', async () => {
    const { logits } = await decode(click(new Float32Array(L * L).fill(3)));
    expect(logits[3 * L + 6]).toBeCloseTo(1 + 3 / 2, 5);
  });

  it('does not run its encoder, which may take a minute, before the first click', async () => {
    let opened = 0;
    let encoderRuns = 0;
    const inner = nodeRuntime();
    const counting: Runtime = {
      ...inner,
      open: async (graph, keep) => {
        const session = await inner.open(graph, keep);
        if (opened++ > 0) return session;
        return {
          ...session,
          run: feeds => {
            encoderRuns++;
            return session.run(feeds);
          },
        };
      },
    };
    const network = await openNetwork(counting, bundle);
    expect(encoderRuns).toBe(0);
    await network.close();
  });

  it('is refused when its weights are missing', async () => {
    const head = bundle.graphs.get('head');
    if (head === undefined) throw new Error('The bundle has no head.');
    const graphs = new Map(bundle.graphs).set('head', { ...head, data: [] });
    await expect(openNetwork(nodeRuntime(), { ...bundle, graphs })).rejects.toMatchObject({
      code: 'bundle-invalid',
      message: expect.stringContaining('its graph head cannot be opened'),
    });
  });
});
