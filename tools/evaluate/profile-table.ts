import type { ProfileScore } from './profile-score';
import { align, range, signedPoints } from './table';

/** What the preference is worth, for a person to read. */
export function profileTable({ readers, sittings, cases, fresh, groups, after }: ProfileScore): string {
  const rows = after.map(({ cases: before, dice, gain, interval, least }) => [
    `after ${before}`,
    dice.toFixed(3),
    signedPoints(gain),
    range(interval, signedPoints),
    signedPoints(least),
  ]);
  return [
    `First proposals on ${cases} new cases, ${readers} readers, ${sittings} sittings; gain in Dice points, 95 % interval (bootstrap over ${groups})`,
    ...align([
      ['cases before', 'Dice@1', 'gain', 'interval', 'least'],
      ['none', fresh.toFixed(3), '', '', ''],
      ...rows,
    ]),
  ].join('\n');
}
