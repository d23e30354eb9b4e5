import { answer, propose, uncertainty } from '../core/round';
import { RoundCache } from '../core/round-cache';
import { hasRealAdapter, wasmThreads, type Gpu } from './backend';
import { bundleFolder } from './bundle/bundle-path';
import { httpSource } from './bundle/http-source';
import { InterruptibleNetwork } from './interruptible-network';
import { ProgressMeter } from './load-progress';
import { openEngine, type RuntimeOffer } from './open-engine';
import { openRuntime, runtimeBytes } from './ort';
import type { OpenRounds, Rounds } from './worker-host';

/** What the loop of `core/` needs in a browser: the runtime's files lie in `runtimeFolder`, a URL that ends in a slash. */
export function roundsOver(runtimeFolder: URL): OpenRounds {
  return async (bundleUrl, onProgress, signal) => {
    const offers = await offeredRuntimes(runtimeFolder);
    const source = httpSource(bundleFolder(bundleUrl));
    const opened = await openEngine(source, offers, new ProgressMeter(onProgress), signal);
    const network = new InterruptibleNetwork(opened.network);
    const cache = new RoundCache();
    const interruptible = <T>(current: AbortSignal | undefined, work: () => Promise<T>): Promise<T> => {
      network.signal = current ?? null;
      return work();
    };
    const rounds: Rounds = {
      propose: (slice, input, current) =>
        interruptible(current, () => propose(network, slice, input, cache, current)),
      answer: (slice, round, answers, current) =>
        interruptible(current, () => answer(network, slice, round, answers, cache, current)),
      uncertainty: (slice, round, current) =>
        interruptible(current, () => uncertainty(network, slice, round, cache, current)),
    };
    return { bundle: opened.bundle, rounds };
  };
}

async function offeredRuntimes(folder: URL): Promise<[RuntimeOffer, ...RuntimeOffer[]]> {
  const threads = wasmThreads(globalThis.crossOriginIsolated, navigator.hardwareConcurrency);
  const wasm: RuntimeOffer = {
    backend: threads > 1 ? 'wasm-threads' : 'wasm',
    threads,
    bytes: runtimeBytes('wasm'),
    open: (onBytes, signal) => openRuntime({ kind: 'wasm', folder, threads, onBytes, signal }),
  };
  const { gpu } = navigator as { readonly gpu?: Gpu };
  if (!(await hasRealAdapter(gpu))) return [wasm];
  const webgpu: RuntimeOffer = {
    backend: 'webgpu',
    threads: 1,
    bytes: runtimeBytes('webgpu'),
    open: (onBytes, signal) => openRuntime({ kind: 'webgpu', folder, threads: 1, onBytes, signal }),
  };
  return [webgpu, wasm];
}
