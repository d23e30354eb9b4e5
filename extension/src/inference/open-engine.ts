import { reasonOf, SpaError } from '../core/error';
import type { Backend, LoadedBundle } from './engine';
import { bundleBytes, loadBundle, type Bundle } from './bundle/load-bundle';
import type { BundleSource } from './bundle/source';
import type { ProgressMeter } from './load-progress';
import type { OpenNetwork } from './graph-network';
import { openNetwork } from './open-network';
import { reasons } from '../text';
import { within } from './patience';
import type { Runtime } from './runtime';

/** What opening a graph may take of a browser's WebAssembly, which addresses 4 GiB and needs some of them for running. */
const MOST_MEMORY = 3e9;

/** A runtime that may be loaded. */
export interface RuntimeOffer {
  readonly backend: Backend;
  readonly threads: number;
  /** Length of its WebAssembly. */
  readonly bytes: number;
  /** Milliseconds in which it has to have opened and tried out the graphs, if it is another runtime's turn after that. */
  readonly patience?: number;
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
  let passedOver: string | null = null;
  for (;;) {
    const opening = openOn(offer, others.length > 0 ? offer.patience : undefined, loading, meter, signal);
    try {
      const { bundle, network } = await opening;
      return { bundle: { ...bundle, passedOver }, network };
    } catch (error) {
      const bundle = await loading;
      signal.throwIfAborted();
      const next = others.shift();
      if (next === undefined) throw error;
      console.warn(
        `SPA: ${offer.backend} cannot run ${bundle.manifest.name}; trying ${next.backend}.`,
        error,
      );
      passedOver = error instanceof SpaError ? error.problem : reasonOf(error);
      offer = next;
    }
  }
}

async function openOn(
  offer: RuntimeOffer,
  patience: number | undefined,
  loading: Promise<Bundle>,
  meter: ProgressMeter,
  signal: AbortSignal,
): Promise<{ readonly bundle: Omit<LoadedBundle, 'passedOver'>; readonly network: OpenNetwork }> {
  meter.expect(offer.bytes);
  const [bundle, runtime] = await Promise.all([loading, offer.open(count => meter.arrive(count), signal)]);
  const opening = openNetwork(runtime, bundle);
  const network = await (patience === undefined ? opening : inTime(opening, patience));
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

/** A network that comes later is closed again. */
function inTime(opening: Promise<OpenNetwork>, patience: number): Promise<OpenNetwork> {
  return within(patience, opening, () => {
    opening
      .then(network => network.close())
      .catch((error: unknown) => console.warn('SPA: what was given up has failed as well.', error));
    throw new SpaError('not-started', { reason: reasons.noAnswer(patience / 1000) });
  });
}
