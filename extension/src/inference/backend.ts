import { within } from './patience';

/** The part of WebGPU that the choice needs; `lib.dom` does not know it yet. */
export interface Gpu {
  requestAdapter(options?: { powerPreference?: 'high-performance' }): Promise<GpuAdapter | null>;
}

export interface GpuAdapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: {
    readonly isFallbackAdapter?: boolean;
    readonly vendor?: string;
    readonly architecture?: string;
    readonly description?: string;
  };
}

const software = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b|software/i;
const mostThreads = 4;

/** Milliseconds. A browser whose graphics process is in trouble may never answer, and the specification lets it take its time. */
const adapterPatience = 5000;

/**
 * Whether there is a graphics card to compute on. A software adapter gives the same numbers 100 to 250 times slower than wasm, so it
 * counts as none; so does one of which the browser does not tell in time.
 */
export async function hasRealAdapter(gpu: Gpu | undefined): Promise<boolean> {
  if (gpu === undefined) return false;
  const adapter = await requestAdapter(gpu);
  if (adapter === null || adapter.isFallbackAdapter === true) return false;
  const { info } = adapter;
  if (info?.isFallbackAdapter === true) return false;
  return !software.test(`${info?.vendor ?? ''} ${info?.architecture ?? ''} ${info?.description ?? ''}`);
}

async function requestAdapter(gpu: Gpu): Promise<GpuAdapter | null> {
  try {
    return await within(adapterPatience, gpu.requestAdapter({ powerPreference: 'high-performance' }), () => {
      console.warn('SPA: the browser tells nothing of its graphics card; going on without one.');
      return null;
    });
  } catch (error) {
    console.warn('SPA: the browser has no graphics card to give; going on without one.', error);
    return null;
  }
}

/** What a page or a worker says of its memory. */
interface Scope {
  readonly crossOriginIsolated?: boolean;
  readonly SharedArrayBuffer?: unknown;
}

/** Whether threads can share memory: not every browser gives that to each page that is isolated from other origins. */
export function sharesMemory(scope: Scope): boolean {
  return scope.crossOriginIsolated === true && scope.SharedArrayBuffer !== undefined;
}

/**
 * Threads of wasm: more than one needs shared memory, without which the runtime takes one whatever it is told. One core stays with the
 * page, which would otherwise wait for the model while it draws.
 */
export function wasmThreads(shares: boolean, cores: number): number {
  return shares ? Math.max(1, Math.min(mostThreads, cores - 1)) : 1;
}
