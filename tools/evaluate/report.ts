import type { EvaluateOptions } from './arguments';
import type { CalibrationScore } from './calibration-score';
import type { CardScore } from './cards';
import type { MethodName } from './case-run';
import type { ClickScore } from './clicks-heard';
import type { FollowScore } from './follow-score';
import type { ProfileScore } from './profile-score';
import type { Interval, Score } from './scores';

/** What `--json` writes. */
export interface Report extends Measured {
  readonly seed: number;
  readonly target: EvaluateOptions['target'];
  readonly bundle: { readonly name: string; readonly version: string; readonly bytes: number };
}

/** What one of the measurements gives. */
export interface Measured {
  readonly cases: number;
  /** Each with 95 % intervals of `dice`. */
  readonly methods: Readonly<Partial<Record<MethodName, Score & { diceInterval: readonly Interval[] }>>>;
  /** Of single cases. */
  readonly cards?: Readonly<Record<'agreeing' | 'disagreeing', CardScore>>;
  /** With `--contradict`. */
  readonly contradictions?: ClickScore;
  /** With `--profile`; `methods` is empty then, and `cases` counts the new cases. */
  readonly profile?: ProfileScore;
  /** With `--follow`; `methods` is empty then, and `cases` counts the pairs. */
  readonly follow?: FollowScore;
  /** With `--calibration`; `methods` is empty then, and `cases` counts those in which something was proposed. */
  readonly calibration?: CalibrationScore;
}
