import { rounds, type Course, type MethodName } from './case-run';
import { interactions, noiThresholds, patientInterval, score } from './scores';

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
  return [...align([header, ...rows]), '', '95 % intervals (bootstrap over patients):', ...intervals].join(
    '\n',
  );
}

function intervalLine(
  method: string,
  courses: readonly Course[],
  patients: readonly string[],
  seed: number,
): string {
  const shown = (name: string, digits: number, value: (course: Course) => number): string => {
    const { low, high } = patientInterval(courses.map(value), patients, seed);
    return `${name} ${low.toFixed(digits)}..${high.toFixed(digits)}`;
  };
  return [
    `  ${method}:`,
    ...[1, 3, 6].map(round => shown(`Dice@${round}`, 3, course => course.dice[round - 1] ?? 0)),
    ...(['75', '90'] as const).map(threshold =>
      shown(`NoI${threshold}`, 2, course => interactions(course.dice, threshold)),
    ),
  ].join('  ');
}

function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows.map(row =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
}
