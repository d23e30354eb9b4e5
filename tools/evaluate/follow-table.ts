import { goodDice, type BeginningScore, type FollowScore, type ProposalScore } from './follow-score';
import { noiThresholds } from './scores';
import { align, percent, range, signedPoints } from './table';

/** What following a structure is worth, for a person to read. */
export function followTable({ pairs, patients, copied, clicked, followed, gain }: FollowScore): string {
  const row = (name: string, { dice, interval, good }: BeginningScore, ...more: string[]): string[] => [
    name,
    dice.toFixed(3),
    range(interval, value => value.toFixed(3)),
    percent(good),
    ...more,
  ];
  const proposal = (name: string, score: ProposalScore): string[] =>
    row(
      name,
      score,
      score.best.toFixed(3),
      ...noiThresholds.map(threshold => score.answers[threshold].toFixed(2)),
    );
  return [
    `Beginnings on the second image of ${pairs} pairs, ${patients} patients; 95 % intervals (bootstrap over patients)`,
    ...align([
      [
        'begun by',
        'Dice@1',
        'interval',
        `Dice >= ${goodDice}`,
        'best@1',
        ...noiThresholds.map(threshold => `to ${threshold}`),
      ],
      row('the mask, copied', copied, '', ...noiThresholds.map(() => '')),
      proposal('a click', clicked),
      proposal('following', followed),
    ]),
    '"to 80": clicks and choices on that image until Dice .80, the first click among them',
    `following beside a click: ${signedPoints(gain.points)} Dice points, ${range(gain.interval, signedPoints)}`,
  ].join('\n');
}
