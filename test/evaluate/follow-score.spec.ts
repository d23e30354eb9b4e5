import type { FollowResult } from '../../tools/evaluate/follow-run';
import { followScore } from '../../tools/evaluate/follow-score';
import { followTable } from '../../tools/evaluate/follow-table';

function result(copied: number, clicked: number, followed: number): FollowResult {
  return {
    copied,
    clicked: [
      { dice: clicked, best: clicked + 0.02 },
      { dice: 0.88, best: 0.88 },
    ],
    followed: [
      { dice: followed, best: followed + 0.05 },
      { dice: 0.87, best: 0.87 },
      { dice: 0.92, best: 0.92 },
    ],
  };
}

describe('the score of following a structure', () => {
  const results = [result(0.5, 0.8, 0.75), result(0.7, 0.9, 0.74), result(0.75, 0.7, 0.91)];
  const score = followScore(results, ['a', 'a', 'b'], 1);

  it('counts pairs and patients', () => {
    expect(score).toMatchObject({ pairs: 3, patients: 2 });
  });

  it('is for each way of beginning the mean Dice, and the share of the pairs that reach .75', () => {
    expect(score.copied.dice).toBeCloseTo(0.65, 12);
    expect(score.clicked.dice).toBeCloseTo(0.8, 12);
    expect(score.followed.dice).toBeCloseTo(0.8, 12);
    expect(score.copied.good).toBeCloseTo(1 / 3, 12);
    expect(score.clicked.good).toBeCloseTo(2 / 3, 12);
    expect(score.followed.good).toBeCloseTo(2 / 3, 12);
  });

  it('tells the best among what is proposed, of which a copied mask has nothing', () => {
    expect(score.clicked.best).toBeCloseTo(0.82, 12);
    expect(score.followed.best).toBeCloseTo(0.85, 12);
    expect(score.copied).not.toHaveProperty('best');
  });

  it('counts the answers until a Dice is reached: a click to begin with is one, following is none', () => {
    expect(score.clicked.answers['80']).toBeCloseTo((1 + 1 + 2) / 3, 12);
    expect(score.followed.answers['80']).toBeCloseTo((1 + 1 + 0) / 3, 12);
    // Two never get to .90 from a click.
    expect(score.clicked.answers['90']).toBeCloseTo((10 + 1 + 10) / 3, 12);
    expect(score.followed.answers['90']).toBeCloseTo((2 + 2 + 0) / 3, 12);
  });

  it('draws patients for its intervals, not pairs', () => {
    // Two patients: only three means can come up, and the extremes are those of one patient drawn twice.
    expect(score.copied.interval.low).toBeCloseTo(0.6, 12);
    expect(score.copied.interval.high).toBeCloseTo(0.75, 12);
  });

  it('is what following gives more than a click in Dice points, pair by pair', () => {
    expect(score.gain.points).toBeCloseTo((-5 - 16 + 21) / 3, 10);
    expect(score.gain.interval.low).toBeCloseTo(-10.5, 10);
    expect(score.gain.interval.high).toBeCloseTo(21, 10);
  });

  it('can be read', () => {
    const text = followTable(score);
    expect(text).toContain('3 pairs, 2 patients');
    expect(text).toMatch(/copied +0\.650 +0\.600\.\.0\.750 +33\.3 %/);
    expect(text).toMatch(/a click +0\.800 .* 66\.7 % +0\.820/);
    expect(text).toMatch(/following +0\.800 .* 66\.7 % +0\.850 .* 0\.67 .* 1\.33/);
    expect(text).toContain('-10.50..+21.00');
  });
});
