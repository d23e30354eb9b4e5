import { jest } from '@jest/globals';
import {
  hasRealAdapter,
  sharesMemory,
  wasmThreads,
  type GpuAdapter,
} from '../../extension/src/inference/backend';

const gpu = (adapter: GpuAdapter | null): Parameters<typeof hasRealAdapter>[0] => ({
  requestAdapter: () => Promise.resolve(adapter),
});

describe('the choice of the backend', () => {
  it('takes a graphics card', async () => {
    expect(await hasRealAdapter(gpu({ info: { vendor: 'nvidia', architecture: 'ampere' } }))).toBe(true);
  });

  it('takes a card that tells nothing of itself', async () => {
    expect(await hasRealAdapter(gpu({}))).toBe(true);
  });

  it.each([
    { isFallbackAdapter: true },
    { info: { isFallbackAdapter: true } },
    { info: { vendor: 'google', architecture: 'swiftshader' } },
    { info: { vendor: 'mesa', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' } },
    { info: { description: 'Microsoft Basic Render Driver' } },
  ])('never takes a software adapter: %j', async adapter => {
    expect(await hasRealAdapter(gpu(adapter))).toBe(false);
  });

  describe('where the browser is in trouble', () => {
    beforeEach(() => {
      jest.useFakeTimers();
      jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    });
    afterEach(() => {
      jest.useRealTimers();
      jest.restoreAllMocks();
    });

    it('goes on without a card of which the browser never tells', async () => {
      const asked = hasRealAdapter({ requestAdapter: () => new Promise(() => undefined) });
      await jest.advanceTimersByTimeAsync(5000);
      expect(await asked).toBe(false);
      expect(console.warn).toHaveBeenCalled();
    });

    it('goes on without a card that the browser refuses to look for', async () => {
      const refused = { requestAdapter: () => Promise.reject(new Error('GPU process lost')) };
      expect(await hasRealAdapter(refused)).toBe(false);
      expect(console.warn).toHaveBeenCalled();
      expect(jest.getTimerCount()).toBe(0);
    });
  });

  it('takes none where there is none', async () => {
    expect(await hasRealAdapter(undefined)).toBe(false);
    expect(await hasRealAdapter(gpu(null))).toBe(false);
  });

  it.each([
    [false, 16, 1],
    [true, 1, 1],
    [true, 2, 1],
    [true, 4, 3],
    [true, 64, 4],
  ])('gives wasm where memory is shared: %p with %p cores %p threads', (shares, cores, threads) => {
    expect(wasmThreads(shares, cores)).toBe(threads);
  });

  it('counts on shared memory only where the page is isolated and the browser has it', () => {
    expect(sharesMemory({ crossOriginIsolated: true, SharedArrayBuffer })).toBe(true);
    expect(sharesMemory({ crossOriginIsolated: true })).toBe(false);
    expect(sharesMemory({ crossOriginIsolated: false, SharedArrayBuffer })).toBe(false);
    expect(sharesMemory({})).toBe(false);
  });
});
