/** @jest-environment ./test/inference/onnx-environment.mjs */
import { loadBundle, type Bundle } from '../../extension/src/inference/bundle/load-bundle';
import type { OpenNetwork } from '../../extension/src/inference/graph-network';
import { openNetwork } from '../../extension/src/inference/open-network';
import type { MapNetworkDescription, PromptTensors } from '../../extension/src/core/network/network';
import type { Runtime, RuntimeSession } from '../../extension/src/inference/runtime';
import { folderSource } from '../../tools/folder-source';
import { nodeRuntime } from '../../tools/node-runtime';

const S = 32;
const folder = new URL('./tiny-bundle', import.meta.url).pathname;
let bundle: Bundle;

beforeAll(async () => {
  bundle = await loadBundle(folderSource(folder));
});

/** Maps of one positive point with the bundle's sigma. */
function pointMaps(x: number, y: number): PromptTensors {
  const maps = new Float32Array(4 * S * S);
  for (let v = 0; v < S; v++) {
    for (let u = 0; u < S; u++) {
      maps[v * S + u] = Math.exp(-((u - x) ** 2 + (v - y) ** 2) / (2 * 2.5 ** 2));
    }
  }
  return { kind: 'maps', maps };
}

/** What the tiny bundle says at (u, v) far from the clamp: 4 - r²/(2 sigma²) + 2 z0, with log(1e-5) for "no negative point". */
function expected(u: number, v: number, x: number, y: number, z0: number): number {
  const near = Math.log(Math.max(1e-5, Math.exp(-((u - x) ** 2 + (v - y) ** 2) / (2 * 2.5 ** 2))));
  return 4 + near - Math.log(1e-5) + 2 * z0;
}

async function logitsAt(network: OpenNetwork, latents: readonly number[]): Promise<Float32Array> {
  const features = await network.encode(new Float32Array(S * S));
  const conditioning = await network.prompt(features, pointMaps(10, 20));
  const { logits } = await network.decode(conditioning, Float32Array.from(latents));
  conditioning.release();
  features.release();
  return logits;
}

describe('the network of a bundle', () => {
  it('gives one map of logits for each latent, in order', async () => {
    const network = await openNetwork(nodeRuntime(), bundle);
    const logits = await logitsAt(network, [0, 0, -1, 0, 1, 0]);
    expect(logits.length).toBe(3 * S * S);
    [0, -1, 1].forEach((z0, n) => {
      expect(logits[n * S * S + 20 * S + 10]).toBeCloseTo(expected(10, 20, 10, 20, z0), 4);
      expect(logits[n * S * S + 22 * S + 13]).toBeCloseTo(expected(13, 22, 10, 20, z0), 4);
    });
    await network.close();
  });

  it('gives the same however many latents the runtime takes at a time', async () => {
    const latents = Array.from({ length: 2 * 7 }, (_, i) => Math.sin(i));
    const one = await openNetwork({ ...nodeRuntime(), portion: Infinity }, bundle);
    const some = await openNetwork({ ...nodeRuntime(), portion: 3 }, bundle);
    expect(await logitsAt(some, latents)).toEqual(await logitsAt(one, latents));
    await one.close();
    await some.close();
  });

  it('divides the logits by the temperature of the calibration', async () => {
    const warm: Bundle = { ...bundle, manifest: { ...bundle.manifest, temperature: 2 } };
    const network = await openNetwork(nodeRuntime(), warm);
    const logits = await logitsAt(network, [0, 0]);
    expect(logits[20 * S + 10]).toBeCloseTo(expected(10, 20, 10, 20, 0) / 2, 4);
    await network.close();
  });

  it('uses the features of an image again for other prompts', async () => {
    const network = await openNetwork(nodeRuntime(), bundle);
    const features = await network.encode(new Float32Array(S * S));
    const first = await network.prompt(features, pointMaps(5, 5));
    const second = await network.prompt(features, pointMaps(25, 25));
    const { logits } = await network.decode(second, new Float32Array([0, 0]));
    expect(logits[25 * S + 25]).toBeCloseTo(expected(25, 25, 25, 25, 0), 4);
    first.release();
    second.release();
    features.release();
    await network.close();
  });

  it('refuses tensors that were released', async () => {
    const network = await openNetwork(nodeRuntime(), bundle);
    const features = await network.encode(new Float32Array(S * S));
    features.release();
    await expect(network.prompt(features, pointMaps(5, 5))).rejects.toThrow('released');
    await network.close();
  });
});

describe('a bundle whose graphs are others than its manifest says', () => {
  const withGraphs = (stages: Readonly<Record<string, string>>): Bundle => ({
    ...bundle,
    graphs: new Map(
      ['encoder', 'prompt', 'head'].map(stage => [
        stage,
        bundle.graphs.get(stages[stage] ?? stage) ?? { model: new Uint8Array(), data: [] },
      ]),
    ),
  });
  const withNetwork = (change: Partial<MapNetworkDescription>): Bundle => {
    const { network } = bundle.manifest;
    if (network.engine !== 'bayes') throw new Error('The tiny bundle has another engine.');
    return { ...bundle, manifest: { ...bundle.manifest, network: { ...network, ...change } } };
  };

  it('is refused when a graph is in another stage', async () => {
    await expect(openNetwork(nodeRuntime(), withGraphs({ head: 'encoder' }))).rejects.toMatchObject({
      code: 'bundle-invalid',
      details: { reason: 'its graph head has no input "conditioning"' },
    });
  });

  it('is refused when a file is no ONNX graph', async () => {
    const graph = { model: new Uint8Array([1, 2, 3]), data: [] };
    const broken = { ...bundle, graphs: new Map(bundle.graphs).set('prompt', graph) };
    await expect(openNetwork(nodeRuntime(), broken)).rejects.toMatchObject({
      code: 'bundle-invalid',
      message: expect.stringContaining('its graph prompt cannot be opened'),
    });
  });

  it('is refused when the size differs', async () => {
    await expect(openNetwork(nodeRuntime(), withNetwork({ inputSize: 64 }))).rejects.toMatchObject({
      code: 'bundle-invalid',
      message: expect.stringContaining('must have the shape [1, 1, 64, 64], but has [1, 1, 32, 32]'),
    });
  });

  it('is refused when the latent has another dimension', async () => {
    const latent = { ...bundle.manifest.network.latent, dimension: 6 };
    await expect(openNetwork(nodeRuntime(), withNetwork({ latent }))).rejects.toMatchObject({
      message: expect.stringContaining('input "latents" of its graph head must have the shape [*, 6]'),
    });
  });

  it('is refused when it takes fewer prompts', async () => {
    await expect(
      openNetwork(nodeRuntime(), withNetwork({ promptChannels: ['positive'] })),
    ).rejects.toMatchObject({ message: expect.stringContaining('input "prompts" of its graph prompt') });
  });

  it('leaves no session open behind it', async () => {
    let open = 0;
    const inner = nodeRuntime();
    const counting: Runtime = {
      ...inner,
      open: async (graph, keep): Promise<RuntimeSession> => {
        const session = await inner.open(graph, keep);
        open++;
        return {
          ...session,
          release: async () => {
            open--;
            await session.release();
          },
        };
      },
    };
    await expect(openNetwork(counting, withNetwork({ inputSize: 64 }))).rejects.toThrow('shape');
    expect(open).toBe(0);
  });
});

describe('a runtime that fails', () => {
  const failing = (error: unknown): Runtime => {
    const inner = nodeRuntime();
    let runs = 0;
    return {
      ...inner,
      open: async (graph, keep) => {
        const session = await inner.open(graph, keep);
        // The three runs of the first try succeed.
        return { ...session, run: feeds => (++runs > 3 ? Promise.reject(error) : session.run(feeds)) };
      },
    };
  };

  it.each([
    [new Error('std::bad_alloc'), 'out-of-memory'],
    [new RangeError('Array buffer allocation failed'), 'out-of-memory'],
    [new Error('Failed to allocate memory for requested buffer of size 12'), 'out-of-memory'],
    [new Error('GPUDevice was lost'), 'worker-crashed'],
    [new Error('The device is lost.'), 'worker-crashed'],
    [new Error('memory access out of bounds'), 'worker-crashed'],
    [5892352, 'worker-crashed'],
    [
      new Error(
        'no available backend found. ERR: [wasm] TypeError: Failed to fetch dynamically imported module',
      ),
      'not-started',
    ],
    [
      new Error('no available backend found. ERR: [wasm] RangeError: could not allocate memory'),
      'out-of-memory',
    ],
    [new Error('Non-zero status code returned while running Conv node.'), 'inference-failed'],
  ])('is told as what the user can act on: %p as %s', async (error, code) => {
    const network = await openNetwork(failing(error), bundle);
    await expect(network.encode(new Float32Array(S * S))).rejects.toMatchObject({ code });
  });

  it('does not keep the next run from its turn', async () => {
    const inner = nodeRuntime();
    let runs = 0;
    const once: Runtime = {
      ...inner,
      open: async (graph, keep) => {
        const session = await inner.open(graph, keep);
        return {
          ...session,
          run: feeds => (++runs === 4 ? Promise.reject(new Error('once')) : session.run(feeds)),
        };
      },
    };
    const network = await openNetwork(once, bundle);
    const first = network.encode(new Float32Array(S * S));
    const second = network.encode(new Float32Array(S * S));
    await expect(first).rejects.toThrow('once');
    (await second).release();
    await network.close();
  });

  it('is asked whether its device is still there', async () => {
    const { SpaError } = await import('../../extension/src/core/error');
    let lost = false;
    const runtime: Runtime = {
      ...nodeRuntime(),
      check: () => {
        if (lost) throw new SpaError('worker-crashed');
      },
    };
    const network = await openNetwork(runtime, bundle);
    lost = true;
    await expect(network.encode(new Float32Array(S * S))).rejects.toMatchObject({ code: 'worker-crashed' });
  });
});
