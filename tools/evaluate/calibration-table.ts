import { certain } from './calibration-run';
import type { CalibrationError, CalibrationScore } from './calibration-score';
import { align, range } from './table';

/** Whether probabilities mean what they say, for a person to read. */
export function calibrationTable({ all, disputed, bins }: CalibrationScore, proposals: number): string {
  const line = (what: string, { ece, interval, pixels }: CalibrationError): string =>
    `${what}: ${ece.toFixed(4)} (${range(interval, value => value.toFixed(4))}), ${pixels} pixels`;
  return [
    `First proposals of ${proposals} cases; 95 % intervals (bootstrap over patients)`,
    line('expected calibration error of all pixels in the field of view', all),
    line(`of those with a probability of ${certain} to ${1 - certain}`, disputed),
    ...align([
      ['probability', 'readers who drew there', 'pixels'],
      ...bins.map(({ probability, agreement, pixels }) => [
        probability.toFixed(3),
        agreement.toFixed(3),
        `${pixels}`,
      ]),
    ]),
  ].join('\n');
}
