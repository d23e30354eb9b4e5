import type { Network } from '../core/network/network';
import { answer, propose, uncertainty } from '../core/session/round';
import { RoundCache } from '../core/sampling/round-cache';
import { bundleFolder } from './bundle/bundle-path';
import { httpSource } from './bundle/http-source';
import { InterruptibleNetwork } from './interruptible-network';
import { ProgressMeter } from './load-progress';
import { openEngine } from './open-engine';
import type { RuntimeOffers } from './runtime-offers';
import type { OpenRounds, Rounds } from './worker-host';

/** Opens the bundle at an address on the first of the offered runtimes that can run it. */
export function openRounds(offers: () => Promise<RuntimeOffers>): OpenRounds {
  return async (bundleUrl, onProgress, signal) => {
    const source = httpSource(bundleFolder(bundleUrl));
    const opened = await openEngine(source, await offers(), new ProgressMeter(onProgress), signal);
    return { bundle: opened.bundle, rounds: roundsOver(opened.network) };
  };
}

/** The loop of `core/` over a network, with its cache; a request that is cancelled ends at its next stage. */
export function roundsOver(opened: Network): Rounds {
  const network = new InterruptibleNetwork(opened);
  const cache = new RoundCache();
  const interruptible = <T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> => {
    network.signal = signal ?? null;
    return work();
  };
  return {
    propose: (slice, input, signal) =>
      interruptible(signal, () => propose(network, slice, input, cache, signal)),
    answer: (slice, round, answers, signal) =>
      interruptible(signal, () => answer(network, slice, round, answers, cache, signal)),
    uncertainty: (slice, round, signal) =>
      interruptible(signal, () => uncertainty(network, slice, round, cache, signal)),
  };
}
