import type { ProfileScore } from './profile-score';
import { align } from './table';

/** What the preference is worth, for a person to read. */
export function profileTable({ readers, sittings, cases, fresh, groups, after }: ProfileScore): string {
  const signed = (points: number): string => `${points < 0 ? '' : '+'}${points.toFixed(2)}`;
  const rows = after.map(({ cases: before, dice, gain, interval, least }) => [
    `after ${before}`,
    dice.toFixed(3),
    signed(gain),
    `${signed(interval.low)}..${signed(interval.high)}`,
    signed(least),
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
