import { answer, propose } from '../../extension/src/core/session/round';
import { RoundCache } from '../../extension/src/core/sampling/round-cache';
import type { OpenNetwork } from '../../extension/src/inference/graph-network';
import { openNetwork } from '../../extension/src/inference/open-network';
import { loadBundleFolder } from '../load-bundle-folder';
import { isMendable } from '../mendable';
import { nodeRuntime } from '../node-runtime';
import type { Measurement, Repetitions } from './measurement';
import { timeSession, type RoundTimes } from './scenario';
import { timeStages, type StageTimes } from './stages';

/** What a process is told. */
export interface NodeJob {
  readonly folder: string;
  readonly repetitions: Repetitions;
}

/** What it sends back. */
export type Answer =
  | { readonly measured: Measurement }
  /** `mendable`: a sentence for who gave the command; else the stack of a fault of the program. */
  | { readonly failed: string; readonly mendable: boolean };

/** A process of its own, so that its memory is the engine's alone. Takes a job and sends the measurement. */
async function measure({ folder, repetitions }: NodeJob): Promise<Measurement> {
  const { starts, sessions } = repetitions;
  const loadsMs: number[] = [];
  const first: RoundTimes[] = [];
  const further: RoundTimes[] = [];
  let network: OpenNetwork | null = null;
  const session = async (open: OpenNetwork, number: number): Promise<RoundTimes> => {
    const cache = new RoundCache();
    const times = await timeSession(
      {
        propose: (slice, input) => propose(open, slice, input, cache),
        answer: (slice, round, answers) => answer(open, slice, round, answers, cache),
      },
      open.description,
      number,
    );
    cache.clear();
    return times;
  };
  for (let start = 0; start < starts; start++) {
    await network?.close();
    const begin = performance.now();
    network = await openNetwork(nodeRuntime(), await loadBundleFolder(folder));
    loadsMs.push(performance.now() - begin);
    first.push(await session(network, start));
  }
  if (network === null) throw new Error('Nothing was measured.');
  const stages: StageTimes[] = [];
  for (let i = 0; i < sessions; i++) {
    further.push(await session(network, starts + i));
    stages.push(await timeStages(network));
  }
  await network.close();
  return { loadsMs, first, further, stages, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

function failure(error: unknown): Answer {
  if (isMendable(error)) return { failed: error.message, mendable: true };
  return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error), mendable: false };
}

process.once('message', (job: NodeJob) => {
  measure(job).then(
    measured => process.send?.({ measured } satisfies Answer),
    (error: unknown) => process.send?.(failure(error)),
  );
});
