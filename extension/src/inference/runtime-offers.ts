import { hasRealAdapter, sharesMemory, wasmThreads, type Gpu } from './backend';
import type { RuntimeOffer } from './open-engine';
import { openRuntime, runtimeBytes } from './ort';

/** Runtimes in the order in which they are tried. */
export type RuntimeOffers = readonly [RuntimeOffer, ...RuntimeOffer[]];

/** A driver may never make a device, or never be done with its programs. Longer than this a processor is as good. */
const graphicsPatience = 30_000;

/** What this browser has to offer. `folder` holds the runtime's own files, ending in a slash. */
export async function offeredRuntimes(folder: URL): Promise<RuntimeOffers> {
  const wasm = wasmOffer(folder, wasmThreads(sharesMemory(globalThis), navigator.hardwareConcurrency));
  return (await hasGraphicsCard()) ? [webgpuOffer(folder), wasm] : [wasm];
}

export function hasGraphicsCard(): Promise<boolean> {
  return hasRealAdapter((navigator as { readonly gpu?: Gpu }).gpu);
}

export function wasmOffer(folder: URL, threads: number): RuntimeOffer {
  return {
    backend: threads > 1 ? 'wasm-threads' : 'wasm',
    threads,
    bytes: runtimeBytes('wasm'),
    open: (onBytes, signal) => openRuntime({ kind: 'wasm', folder, threads, onBytes, signal }),
  };
}

export function webgpuOffer(folder: URL): RuntimeOffer {
  return {
    backend: 'webgpu',
    threads: 1,
    bytes: runtimeBytes('webgpu'),
    patience: graphicsPatience,
    open: (onBytes, signal) => openRuntime({ kind: 'webgpu', folder, threads: 1, onBytes, signal }),
  };
}
