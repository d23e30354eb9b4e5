import { goodDice, type BeginningScore, type FollowScore, type ProposalScore } from './follow-score';
import { align, percent, range, signedPoints } from './table';

/** What following a structure is worth, for a person to read. */
export function followTable({ pairs, patients, copied, clicked, followed, gain }: FollowScore): string {
  const row = (name: string, { dice, interval, good }: BeginningScore, best: string): string[] => [
    name,
    dice.toFixed(3),
    range(interval, value => value.toFixed(3)),
    percent(good),
    best,
  ];
  const proposal = (name: string, score: ProposalScore): string[] => row(name, score, score.best.toFixed(3));
  return [
    `Beginnings on the second image of ${pairs} pairs, ${patients} patients; 95 % intervals (bootstrap over patients)`,
    ...align([
      ['begun by', 'Dice@1', 'interval', `Dice >= ${goodDice}`, 'best@1'],
      row('the mask, copied', copied, ''),
      proposal('a click', clicked),
      proposal('following', followed),
    ]),
    `following beside a click: ${signedPoints(gain.points)} Dice points, ${range(gain.interval, signedPoints)}`,
  ].join('\n');
}
