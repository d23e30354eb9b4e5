import type { NetworkDescription } from '../../extension/src/core/network/network';
import { priorPreference } from '../../extension/src/core/preference/engine';
import type { Answer, Round } from '../../extension/src/core/proposal/proposal';
import type { Engine } from '../../extension/src/inference/engine';
import { syntheticSlice } from './synthetic-slice';

/** Rounds of a session after its first. */
const laterRounds = 6;

export interface RoundTimes {
  readonly firstRoundMs: number;
  readonly roundsMs: readonly number[];
}

type Rounds = Pick<Engine, 'propose' | 'answer'>;

/** One session on slice `number`, timed from outside the engine. */
export async function timeSession(
  engine: Rounds,
  description: NetworkDescription,
  number: number,
): Promise<RoundTimes> {
  const { slice, nodule } = syntheticSlice(number);
  const begin = performance.now();
  let round = await engine.propose(slice, {
    prompts: [{ kind: 'point', at: nodule, positive: true }],
    previous: null,
    crop: null,
    preference: priorPreference(description),
    seed: number,
  });
  const firstRoundMs = performance.now() - begin;
  const roundsMs: number[] = [];
  for (let later = 0; later < laterRounds; later++) {
    const said = answerTo(round, later);
    const start = performance.now();
    round = await engine.answer(slice, round, [said]);
    roundsMs.push(performance.now() - start);
  }
  return { firstRoundMs, roundsMs };
}

/** A choice and a click in turn; a click where there is nothing to choose. */
function answerTo(round: Round, turn: number): Answer {
  const { candidates, recommended } = round.proposal;
  if (turn % 2 === 0 && candidates.length > 0) return { kind: 'choose', candidate: turn % candidates.length };
  const { runs, width } = recommended.mask;
  // The end of a row of the mask: a place that a user would mend.
  const run = 2 * ((turn * 7) % Math.max(1, runs.length / 2));
  const pixel = (runs[run] ?? 0) + (runs[run + 1] ?? 1) - 1;
  const at = { x: pixel % width, y: Math.floor(pixel / width) };
  return { kind: 'prompt', prompt: { kind: 'point', at, positive: true } };
}

/** The `share` quantile, by the nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
