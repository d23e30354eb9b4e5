import type { FollowResult } from './follow-run';
import { mean } from './mean';
import type { Reached } from './reached';
import {
  groupInterval,
  interactions,
  neverReached,
  pointsPerDice,
  type Interval,
  type NoiThreshold,
} from './scores';

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
  /** Mean number of clicks and choices until a Dice is reached, the first click among them; 10 where six rounds do not reach it. */
  readonly answers: Readonly<Record<NoiThreshold, number>>;
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
  const proposal = (way: 'clicked' | 'followed', firstClick: 0 | 1): ProposalScore => {
    const needed = (threshold: NoiThreshold): number =>
      mean(results.map(result => answersUntil(result[way], threshold, firstClick)));
    return {
      ...beginning(result => result[way][0]?.dice ?? 0),
      best: mean(results.map(result => result[way][0]?.best)),
      answers: { '75': needed('75'), '80': needed('80'), '85': needed('85'), '90': needed('90') },
    };
  };
  const gains = results.map(
    ({ clicked, followed }) => pointsPerDice * ((followed[0]?.dice ?? 0) - (clicked[0]?.dice ?? 0)),
  );
  return {
    pairs: results.length,
    patients: new Set(patients).size,
    copied: beginning(({ copied }) => copied),
    clicked: proposal('clicked', 1),
    followed: proposal('followed', 0),
    gain: { points: mean(gains), interval: groupInterval(gains, patients, seed) },
  };
}

/** `firstClick`: whether the first proposal took one. */
function answersUntil(course: readonly Reached[], threshold: NoiThreshold, firstClick: 0 | 1): number {
  const round = interactions(
    course.map(({ dice }) => dice),
    threshold,
  );
  return round === neverReached ? neverReached : round - 1 + firstClick;
}
