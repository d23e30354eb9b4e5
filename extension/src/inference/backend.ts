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

/**
 * Whether there is a graphics card to compute on. A software adapter gives the same numbers 100 to 250 times slower than wasm, so it
 * counts as none.
 */
export async function hasRealAdapter(gpu: Gpu | undefined): Promise<boolean> {
  if (gpu === undefined) return false;
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null || adapter.isFallbackAdapter === true) return false;
  const { info } = adapter;
  if (info?.isFallbackAdapter === true) return false;
  return !software.test(`${info?.vendor ?? ''} ${info?.architecture ?? ''} ${info?.description ?? ''}`);
}

/**
 * Threads of wasm: more than one needs shared memory, which a page only has when it is isolated from other origins. One core stays with
 * the page, which would otherwise wait for the model while it draws.
 */
export function wasmThreads(isolated: boolean, cores: number): number {
  return isolated ? Math.max(1, Math.min(mostThreads, cores - 1)) : 1;
}
