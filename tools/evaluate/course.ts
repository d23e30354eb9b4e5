import type { Mask } from '../../extension/src/core/image/mask';
import type { Answer, Proposal } from '../../extension/src/core/proposal/proposal';
import { meanDistance } from './cards';
import { clickIn, hearClick, type HeardClick } from './clicks-heard';
import { reachedBy } from './reached';

/** The paper's number of rounds. */
export const rounds = 6;

/** What one method reached on one case, a value for each round. */
export interface Course {
  /** Of the recommended mask. */
  readonly dice: readonly number[];
  /** The best among recommended and candidates. */
  readonly best: readonly number[];
  /** Mean of 1 - IoU over all pairs of candidates; null where there are fewer than two. */
  readonly distinct: readonly (number | null)[];
  /** Every click after the first prompt. */
  readonly heard: readonly HeardClick[];
}

/** A course that is still under way. */
export class GrowingCourse {
  private readonly dice: number[] = [];
  private readonly best: number[] = [];
  private readonly distinct: (number | null)[] = [];
  private readonly heard: HeardClick[] = [];

  constructor(private readonly target: Mask) {}

  get lastDice(): number {
    return this.dice.at(-1) ?? 0;
  }

  /** `null`: the model proposed nothing. */
  add(proposal: Proposal | null): void {
    const masks = proposal?.candidates.map(candidate => candidate.mask) ?? [];
    const { dice, best } = reachedBy(proposal, this.target);
    this.dice.push(dice);
    this.best.push(best);
    this.distinct.push(meanDistance(masks));
  }

  /** What came of an answer; `after` is null where the model found nothing any more. */
  hear(said: Answer, before: Proposal, after: Proposal | null): void {
    const click = clickIn(said);
    if (click === null) return;
    this.heard.push(hearClick(click, before.recommended.mask, after?.recommended.mask ?? null));
  }

  complete(): Course {
    const fill = <T>(values: readonly T[]): T[] =>
      Array.from({ length: rounds }, (_, i) => values[Math.min(i, values.length - 1)] as T);
    return {
      dice: fill(this.dice),
      best: fill(this.best),
      distinct: fill(this.distinct),
      heard: this.heard,
    };
  }
}
