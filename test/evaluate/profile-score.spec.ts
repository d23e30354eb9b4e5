import { profileScore } from '../../tools/evaluate/profile-score';
import { profileTable } from '../../tools/evaluate/profile-table';
import type { SittingResult } from '../../tools/evaluate/sitting-run';

function result(reader: string, gain: number): SittingResult {
  return {
    reader,
    fresh: [0.5, 0.7],
    carried: [
      { after: 1, dice: [0.5, 0.7] },
      { after: 5, dice: [0.5 + gain, 0.7 + gain] },
    ],
  };
}

describe('the score of a profile', () => {
  it('is the gain of the first proposal in Dice points, after each number of cases', () => {
    const score = profileScore([result('a', 0.1), result('b', -0.04)], 1);
    expect(score).toMatchObject({ readers: 2, sittings: 2, cases: 4 });
    expect(score.fresh).toBeCloseTo(0.6, 12);
    const [first, last] = score.after;
    expect(first).toMatchObject({ cases: 1, gain: 0, interval: { low: 0, high: 0 }, least: 0 });
    expect(last?.cases).toBe(5);
    expect(last?.gain).toBeCloseTo(3, 10);
    expect(last?.least).toBeCloseTo(-4, 10);
    expect(last?.dice).toBeCloseTo(0.63, 10);
  });

  it('draws readers for its interval, not sittings', () => {
    const gains = [0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1];
    // Two sittings of each reader that cancel out: however readers are drawn, the mean is 0.
    const results = gains.flatMap((gain, i) => [result(`${i}`, gain), result(`${i}`, -gain)]);
    const interval = profileScore(results, 1).after[1]?.interval;
    expect(interval?.low).toBeCloseTo(0, 10);
    expect(interval?.high).toBeCloseTo(0, 10);
  });

  it.each([
    [7, 'sittings'],
    [8, 'readers'],
  ])(
    'of %i readers says that its interval was drawn from %s, and its table says so as well',
    (readers, groups) => {
      const gains = Array.from({ length: readers }, (_, i) => [result(`${i}`, 0.1), result(`${i}`, -0.1)]);
      const score = profileScore(gains.flat(), 1);
      expect(score.groups).toBe(groups);
      expect(profileTable(score)).toContain(`bootstrap over ${groups}`);
    },
  );

  it('can be read', () => {
    const text = profileTable(profileScore([result('a', 0.1)], 1));
    expect(text).toContain('after 5');
    expect(text).toContain('+10.00');
  });
});
