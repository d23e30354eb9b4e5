import { groupedBy } from '../../extension/src/core/grouped-by';
import { seededRandom } from '../../extension/src/core/random';
import { clickScore, type ClickScore } from './clicks-heard';
import { rounds, type Course } from './course';
import { mean } from './mean';

/** Dice thresholds in per cent for which the number of interactions is reported. */
export const noiThresholds = ['75', '80', '85', '90'] as const;
export type NoiThreshold = (typeof noiThresholds)[number];

/** Differences in Dice are told in hundredths. */
export const pointsPerDice = 100;

/** What a case counts that never gets there (the paper's rule). */
export const neverReached = 10;

/** Means over cases; of clicks over all clicks. */
export interface Score extends ClickScore {
  readonly dice: readonly number[];
  readonly noi: Readonly<Record<NoiThreshold, number>>;
  readonly best: readonly number[];
  /** Over the cases with at least two candidates in that round; 0 where there are none. */
  readonly distinct: readonly number[];
}

/** The first round that reaches the Dice, counted from 1; 10 if none does. */
export function interactions(dice: readonly number[], threshold: NoiThreshold): number {
  const round = dice.findIndex(value => value >= Number(threshold) / 100);
  return round < 0 ? neverReached : round + 1;
}

export function score(courses: readonly Course[]): Score {
  const perRound = (value: (course: Course, round: number) => number | null | undefined): number[] =>
    Array.from({ length: rounds }, (_, round) => mean(courses.map(course => value(course, round))));
  const noi = (threshold: NoiThreshold): number =>
    mean(courses.map(course => interactions(course.dice, threshold)));
  return {
    dice: perRound((course, round) => course.dice[round]),
    noi: { '75': noi('75'), '80': noi('80'), '85': noi('85'), '90': noi('90') },
    best: perRound((course, round) => course.best[round]),
    distinct: perRound((course, round) => course.distinct[round]),
    ...clickScore(courses.flatMap(course => course.heard)),
  };
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of the mean Dice after each round. `patients` names the patient of each course. */
export function diceIntervals(
  courses: readonly Course[],
  patients: readonly string[],
  seed: number,
): readonly Interval[] {
  return Array.from({ length: rounds }, (_, round) =>
    groupInterval(
      courses.map(course => course.dice[round] ?? 0),
      patients,
      seed,
    ),
  );
}

const resamples = 1000;

/**
 * 95 % interval of the mean of `values` by the bootstrap over patients: the slices of one patient are no independent cases. `patients`
 * names the patient of each value.
 */
export function groupInterval(
  values: readonly number[],
  patients: readonly string[],
  seed: number,
): Interval {
  const sumOf = (group: readonly number[]): MeanParts => ({
    sum: group.reduce((sum, value) => sum + value, 0),
    count: group.length,
  });
  return bootstrap(values, patients, seed, sumOf, parts => {
    const count = parts.reduce((total, part) => total + part.count, 0);
    return count === 0 ? 0 : parts.reduce((total, part) => total + part.sum, 0) / count;
  });
}

interface MeanParts {
  readonly sum: number;
  readonly count: number;
}

/**
 * 95 % interval of a figure by the bootstrap over groups. `groups` names the group of each item; `ofGroup` says what of a group's items the
 * figure is made of.
 */
export function bootstrap<Item, Part>(
  items: readonly Item[],
  groups: readonly string[],
  seed: number,
  ofGroup: (items: readonly Item[]) => Part,
  figure: (parts: readonly Part[]) => number,
): Interval {
  const named = items.map((item, i) => ({ item, group: groups[i] ?? '' }));
  const grouped = groupedBy(named, ({ group }) => group).values();
  const parts = Array.from(grouped, members => ofGroup(members.map(({ item }) => item)));
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    figure(parts.map(() => parts[random.below(parts.length)]).filter(part => part !== undefined)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => drawn[Math.round(share * (drawn.length - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}
