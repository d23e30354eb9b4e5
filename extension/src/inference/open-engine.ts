import type { Backend, LoadedBundle } from './engine';
import { bundleBytes, loadBundle, type Bundle } from './bundle/load-bundle';
import type { BundleSource } from './bundle/source';
import type { ProgressMeter } from './load-progress';
import { openNetwork, type OpenNetwork } from './open-network';
import type { Runtime } from './runtime';

/** What opening a graph may take of a browser's WebAssembly, which addresses 4 GiB and needs some of them for running. */
const MOST_MEMORY = 3e9;

/** A runtime that may be loaded. */
export interface RuntimeOffer {
  readonly backend: Backend;
  readonly threads: number;
  /** Length of its WebAssembly. */
  readonly bytes: number;
  open(onBytes: (count: number) => void, signal: AbortSignal): Promise<Runtime>;
}

interface OpenedEngine {
  readonly bundle: LoadedBundle;
  readonly network: OpenNetwork;
}

/**
 * Loads bundle and runtime side by side and opens the network on the first offered runtime that can run it: a graphics card whose driver
 * or whose page's security policy refuses is no reason to give up. Rejects with a `SpaError` or the signal's reason.
 */
export async function openEngine(
  source: BundleSource,
  offers: readonly [RuntimeOffer, ...RuntimeOffer[]],
  meter: ProgressMeter,
  signal: AbortSignal,
): Promise<OpenedEngine> {
  const [first, ...others] = offers;
  const loading = loadBundle(source, {
    mostMemory: MOST_MEMORY,
    onManifest: manifest => meter.expect(bundleBytes(manifest)),
    onBytes: count => meter.arrive(count),
    signal,
  });
  // A bundle that cannot be loaded is reported first: no other runtime would mend it.
  loading.catch(() => undefined);
  let offer = first;
  for (;;) {
    const opening = openOn(offer, loading, meter, signal);
    try {
      return await opening;
    } catch (error) {
      const bundle = await loading;
      signal.throwIfAborted();
      const next = others.shift();
      if (next === undefined) throw error;
      console.warn(
        `SPA: ${offer.backend} cannot run ${bundle.manifest.name}; trying ${next.backend}.`,
        error,
      );
      offer = next;
    }
  }
}

async function openOn(
  offer: RuntimeOffer,
  loading: Promise<Bundle>,
  meter: ProgressMeter,
  signal: AbortSignal,
): Promise<OpenedEngine> {
  meter.expect(offer.bytes);
  const [bundle, runtime] = await Promise.all([loading, offer.open(count => meter.arrive(count), signal)]);
  const network = await openNetwork(runtime, bundle);
  const { name, version, license, modalities, graphs } = bundle.manifest;
  return {
    bundle: {
      name,
      version,
      fingerprint: [...graphs.values()].map(({ sha256 }) => sha256).join('-'),
      license,
      modalities,
      backend: offer.backend,
      threads: offer.threads,
      network: network.description,
    },
    network,
  };
}
