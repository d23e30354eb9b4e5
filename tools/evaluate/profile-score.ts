import { mean } from './mean';
import { groupInterval, pointsPerDice, type Interval } from './scores';
import type { SittingResult } from './sitting-run';

/** What the preference learnt on some cases is worth on others of the same reader: Dice of the first proposal. */
export interface ProfileScore {
  readonly readers: number;
  readonly sittings: number;
  /** New cases of all sittings. */
  readonly cases: number;
  /** Mean Dice of a fresh start. */
  readonly fresh: number;
  /** What intervals are drawn from, and of which the least gain is told: where there are few readers, their sittings. */
  readonly groups: 'readers' | 'sittings';
  readonly after: readonly ProfileGain[];
}

interface ProfileGain {
  /** Cases worked through before. */
  readonly cases: number;
  /** Mean Dice with what they taught. */
  readonly dice: number;
  /** Difference to a fresh start, in Dice points (hundredths). */
  readonly gain: number;
  /** 95 % of the gain, by the bootstrap over the score's groups. */
  readonly interval: Interval;
  /** Gain of the reader, or in the sitting, that gained least. */
  readonly least: number;
}

/** Fewer readers than this are too few to draw from: then sittings are. */
const fewestReaders = 8;

export function profileScore(results: readonly SittingResult[], seed: number): ProfileScore {
  const readers = new Set(results.map(({ reader }) => reader)).size;
  const groups = readers < fewestReaders ? 'sittings' : 'readers';
  const groupOf = results.map(({ reader }, i) => (groups === 'readers' ? reader : `${i}`));
  const all = (dice: (result: SittingResult) => readonly number[]): number => mean(results.flatMap(dice));
  const fresh = all(result => result.fresh);
  const counts = results[0]?.carried.map(({ after }) => after) ?? [];
  const after = counts.map((cases, at): ProfileGain => {
    const of = (result: SittingResult): readonly number[] => result.carried[at]?.dice ?? [];
    const gains = results.map(result => pointsPerDice * (mean(of(result)) - mean(result.fresh)));
    const dice = all(of);
    return {
      cases,
      dice,
      gain: mean(gains),
      interval: groupInterval(gains, groupOf, seed),
      least: Math.min(...groupMeans(gains, groupOf)),
    };
  });
  const cases = results.flatMap(result => result.fresh).length;
  return { readers, sittings: results.length, cases, fresh, groups, after };
}

function groupMeans(values: readonly number[], groups: readonly string[]): number[] {
  return [...new Set(groups)].map(group => mean(values.filter((_, i) => groups[i] === group)));
}
