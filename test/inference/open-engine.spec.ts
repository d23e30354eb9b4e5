/** @jest-environment ./test/inference/onnx-environment.mjs */
import { jest } from '@jest/globals';
import type { LoadProgress } from '../../extension/src/inference/engine';
import { ProgressMeter } from '../../extension/src/inference/load-progress';
import { openEngine, type RuntimeOffer } from '../../extension/src/inference/open-engine';
import type { Runtime } from '../../extension/src/inference/runtime';
import { folderSource } from '../../tools/folder-source';
import { nodeRuntime } from '../../tools/node-runtime';
import { spoiling } from './spoiling-runtime';

const folder = new URL('./tiny-bundle', import.meta.url).pathname;
const neverAborted = new AbortController().signal;

function offer(backend: RuntimeOffer['backend'], runtime: () => Promise<Runtime>): RuntimeOffer {
  return {
    backend,
    threads: 1,
    bytes: 1000,
    open: onBytes => {
      onBytes(1000);
      return runtime();
    },
  };
}

const working = (): Promise<Runtime> => Promise.resolve(nodeRuntime());
const refusing = (): Promise<Runtime> => Promise.reject(new EvalError('unsafe-eval is not allowed'));
const brokenLater = async (): Promise<Runtime> => ({
  ...nodeRuntime(),
  open: () => Promise.reject(new Error('no adapter')),
});
const computingWrong = async (): Promise<Runtime> => spoiling(logits => logits.fill(0));

let warn: jest.SpiedFunction<typeof console.warn>;
beforeEach(() => {
  warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => warn.mockRestore());

describe('opening an engine', () => {
  it('says which bundle and backend it is and counts all bytes', async () => {
    const progress: LoadProgress[] = [];
    const opened = await openEngine(
      folderSource(folder),
      [offer('wasm', working)],
      new ProgressMeter(each => progress.push(each)),
      neverAborted,
    );
    expect(opened.bundle).toMatchObject({
      name: 'tiny',
      backend: 'wasm',
      threads: 1,
      passedOver: null,
    });
    expect(opened.bundle.network).toBe(opened.network.description);
    const last = progress.at(-1);
    expect(last?.loadedBytes).toBe(last?.totalBytes);
    expect(last?.totalBytes).toBeGreaterThan(2000);
    await opened.network.close();
  });

  it.each([
    ['does not start', refusing],
    ['cannot open the graphs', brokenLater],
  ])('falls back to the next runtime when the first %s', async (_what, first) => {
    const opened = await openEngine(
      folderSource(folder),
      [offer('webgpu', first), offer('wasm', working)],
      new ProgressMeter(() => undefined),
      neverAborted,
    );
    expect(opened.bundle.backend).toBe('wasm');
    expect(opened.bundle.passedOver).not.toBeNull();
    expect(warn).toHaveBeenCalled();
    await opened.network.close();
  });

  it('passes over a graphics card that computes wrong, and says why', async () => {
    const opened = await openEngine(
      folderSource(new URL('../../models/default', import.meta.url).pathname),
      [offer('webgpu', computingWrong), offer('wasm', working)],
      new ProgressMeter(() => undefined),
      neverAborted,
    );
    expect(opened.bundle).toMatchObject({
      backend: 'wasm',
      passedOver: expect.stringContaining('its results were wrong (0.000 in the place of'),
    });
    await opened.network.close();
  });

  it('does not wait for a graphics card for ever, and closes what it opens too late', async () => {
    let proceed = (): void => undefined;
    const late = new Promise<void>(resolve => (proceed = resolve));
    let closed = 0;
    const slow = async (): Promise<Runtime> => {
      const inner = nodeRuntime();
      return {
        ...inner,
        open: async (graph, keep) => {
          await late;
          const session = await inner.open(graph, keep);
          return {
            ...session,
            release: async () => {
              closed++;
              await session.release();
            },
          };
        },
      };
    };
    const opened = await openEngine(
      folderSource(folder),
      [{ ...offer('webgpu', slow), patience: 20 }, offer('wasm', working)],
      new ProgressMeter(() => undefined),
      neverAborted,
    );
    expect(opened.bundle).toMatchObject({
      backend: 'wasm',
      passedOver: expect.stringContaining('no answer for 0.02 s'),
    });
    proceed();
    while (closed < 3) await new Promise(resolve => setTimeout(resolve, 5));
    await opened.network.close();
  });

  it('waits for the only runtime as long as it takes', async () => {
    const slow = async (): Promise<Runtime> => {
      const inner = nodeRuntime();
      return {
        ...inner,
        open: async (graph, keep) => {
          await new Promise(resolve => setTimeout(resolve, 20));
          return inner.open(graph, keep);
        },
      };
    };
    const opened = await openEngine(
      folderSource(folder),
      [{ ...offer('wasm', slow), patience: 5 }],
      new ProgressMeter(() => undefined),
      neverAborted,
    );
    expect(opened.bundle.passedOver).toBeNull();
    await opened.network.close();
  });

  it('says what is wrong with the bundle rather than try it on another runtime', async () => {
    const second = jest.fn(working);
    const opening = openEngine(
      folderSource('/nowhere'),
      [offer('webgpu', working), offer('wasm', second)],
      new ProgressMeter(() => undefined),
      neverAborted,
    );
    await expect(opening).rejects.toMatchObject({ code: 'bundle-missing' });
    expect(second).not.toHaveBeenCalled();
  });

  it('tells the last fault when no runtime works', async () => {
    const opening = openEngine(
      folderSource(folder),
      [offer('webgpu', brokenLater), offer('wasm', refusing)],
      new ProgressMeter(() => undefined),
      neverAborted,
    );
    await expect(opening).rejects.toThrow('unsafe-eval');
  });
});
