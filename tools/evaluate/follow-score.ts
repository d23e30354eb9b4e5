import type { FollowResult } from './follow-run';
import { mean } from './mean';
import { groupInterval, pointsPerDice, type Interval } from './scores';

/** What following a structure to the neighbouring image is worth there, beside copying its mask and beside a click. */
export interface FollowScore {
  readonly pairs: number;
  readonly patients: number;
  readonly copied: BeginningScore;
  readonly clicked: ProposalScore;
  readonly followed: ProposalScore;
  /** What following gives more than a click. */
  readonly gain: {
    /** Mean difference in Dice points (hundredths). */
    readonly points: number;
    readonly interval: Interval;
  };
}

/** Over all pairs; intervals are of 95 %, by the bootstrap over patients. */
export interface BeginningScore {
  /** Mean Dice. */
  readonly dice: number;
  readonly interval: Interval;
  /** Share of the pairs with a Dice of at least .75. */
  readonly good: number;
}

export interface ProposalScore extends BeginningScore {
  /** Mean of the best Dice among recommended and candidates. */
  readonly best: number;
}

export const goodDice = 0.75;

/** `patients` names the patient of each result. */
export function followScore(
  results: readonly FollowResult[],
  patients: readonly string[],
  seed: number,
): FollowScore {
  const beginning = (reached: (result: FollowResult) => number): BeginningScore => {
    const dice = results.map(reached);
    return {
      dice: mean(dice),
      interval: groupInterval(dice, patients, seed),
      good: mean(dice.map(each => (each >= goodDice ? 1 : 0))),
    };
  };
  const proposal = (way: 'clicked' | 'followed'): ProposalScore => ({
    ...beginning(result => result[way].dice),
    best: mean(results.map(result => result[way].best)),
  });
  const gains = results.map(({ clicked, followed }) => pointsPerDice * (followed.dice - clicked.dice));
  return {
    pairs: results.length,
    patients: new Set(patients).size,
    copied: beginning(({ copied }) => copied),
    clicked: proposal('clicked'),
    followed: proposal('followed'),
    gain: { points: mean(gains), interval: groupInterval(gains, patients, seed) },
  };
}
