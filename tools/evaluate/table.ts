import type { CardScore } from './cards';
import type { MethodName } from './case-run';
import { clickScore, type ClickScore } from './clicks-heard';
import { rounds, type Course } from './course';
import { interactions, noiThresholds, groupInterval, score, type Interval } from './scores';

/** The figures of all methods for a person to read, with 95 % intervals over patients where they matter most. */
export function table(
  courses: ReadonlyMap<MethodName, readonly Course[]>,
  patients: readonly string[],
  seed: number,
): string {
  const header = [
    'method',
    ...Array.from({ length: rounds }, (_, round) => `Dice@${round + 1}`),
    ...noiThresholds.map(threshold => `NoI${threshold}`),
    'best@1',
    'distinct@1',
  ];
  const rows = Array.from(courses, ([method, all]) => {
    const { dice, noi, best, distinct } = score(all);
    return [
      method,
      ...dice.map(value => value.toFixed(3)),
      ...noiThresholds.map(threshold => noi[threshold].toFixed(2)),
      (best[0] ?? 0).toFixed(3),
      (distinct[0] ?? 0).toFixed(3),
    ];
  });
  const intervals = Array.from(courses, ([method, all]) => intervalLine(method, all, patients, seed));
  const clicks = Array.from(courses, ([method, all]) =>
    clickLine(method, clickScore(all.flatMap(each => each.heard))),
  );
  return [
    ...align([header, ...rows]),
    '',
    '95 % intervals (bootstrap over patients):',
    ...intervals,
    '',
    ...clicks,
  ].join('\n');
}

/** What became of the clicks, in one line. */
export function clickLine(name: string, { clicks, obeyed, elsewhere }: ClickScore): string {
  return `${name}: ${clicks} clicks, obeyed ${percent(obeyed)}, of what they changed at the other end ${percent(elsewhere)}`;
}

/** The cards of the first proposals, a line for each kind of case. */
export function cardLines(scores: Readonly<Record<string, CardScore>>): string[] {
  return Object.entries(scores).map(([kind, each]) =>
    [
      `cards where readers are ${kind} (${each.cases} cases): ${each.shown?.toFixed(2) ?? '-'} shown`,
      `more than two in ${percent(each.moreThanTwo)}`,
      `distinct ${each.distinct?.toFixed(3) ?? '-'}`,
      `${each.components?.toFixed(2) ?? '-'} parts a card`,
      `crumbs in ${percent(each.crumbs)}`,
    ].join(', '),
  );
}

export function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`;
}

function intervalLine(
  method: string,
  courses: readonly Course[],
  patients: readonly string[],
  seed: number,
): string {
  const shown = (name: string, digits: number, value: (course: Course) => number): string => {
    const interval = groupInterval(courses.map(value), patients, seed);
    return `${name} ${range(interval, each => each.toFixed(digits))}`;
  };
  return [
    `  ${method}:`,
    ...[1, 3, 6].map(round => shown(`Dice@${round}`, 3, course => course.dice[round - 1] ?? 0)),
    ...(['75', '90'] as const).map(threshold =>
      shown(`NoI${threshold}`, 2, course => interactions(course.dice, threshold)),
    ),
  ].join('  ');
}

export function range({ low, high }: Interval, shown: (value: number) => string): string {
  return `${shown(low)}..${shown(high)}`;
}

/** A difference in Dice points. */
export function signedPoints(points: number): string {
  return `${points < 0 ? '' : '+'}${points.toFixed(2)}`;
}

/** Columns: the first to the left, the others to the right. */
export function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows.map(row =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
}
