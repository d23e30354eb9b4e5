import type { Course } from '../../tools/evaluate/course';
import { diceIntervals, interactions, groupInterval, score } from '../../tools/evaluate/scores';

const course = (dice: readonly number[], distinct: readonly (number | null)[] = dice): Course => ({
  dice,
  best: dice,
  distinct,
  heard: [],
});

describe('the number of interactions', () => {
  it('is the first round that reaches the Dice', () => {
    expect(interactions([0.5, 0.8, 0.7, 0.9, 0.9, 0.9], '80')).toBe(2);
    expect(interactions([0.95, 0.95, 0.95, 0.95, 0.95, 0.95], '90')).toBe(1);
  });

  it('is 10 when no round does', () => {
    expect(interactions([0.5, 0.6, 0.7, 0.7, 0.7, 0.74], '75')).toBe(10);
  });
});

describe('the score of a method', () => {
  it('is the mean over cases, in each round', () => {
    const result = score([course([0.2, 0.4, 0.6, 0.8, 0.9, 0.9]), course([0.8, 0.8, 0.8, 0.8, 0.9, 0.9])]);
    expect(result.dice.map(value => Number(value.toFixed(6)))).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 0.9]);
    expect(result.noi).toEqual({ '75': 2.5, '80': 2.5, '85': 5, '90': 5 });
  });

  it('leaves cases without two candidates out of how distinct they are', () => {
    const dice = [1, 1, 1, 1, 1, 1];
    const result = score([
      course(dice, [0.4, null, 0.2, 0.2, 0.2, 0.2]),
      course(dice, [0.2, null, null, 0.2, 0.2, 0.2]),
    ]);
    expect(result.distinct.map(value => Number(value.toFixed(6)))).toEqual([0.3, 0, 0.2, 0.2, 0.2, 0.2]);
  });
});

describe('the interval over patients', () => {
  const patients = ['a', 'a', 'a', 'b', 'b', 'b'];

  it('holds the mean and is the same for the same seed', () => {
    const values = [0, 0.1, 0.2, 0.8, 0.9, 1];
    const interval = groupInterval(values, patients, 3);
    expect(interval).toEqual(groupInterval(values, patients, 3));
    expect(interval.low).toBeLessThan(0.5);
    expect(interval.high).toBeGreaterThan(0.5);
  });

  it('draws patients, not slices', () => {
    // With two patients only three means can come up; the extremes are those of one patient drawn twice.
    const interval = groupInterval([0, 0, 0, 1, 1, 1], patients, 1);
    expect(interval).toEqual({ low: 0, high: 1 });
  });

  it('is given for the Dice after each round', () => {
    const courses = [course([0, 0.2, 0.4, 0.6, 0.8, 0.9]), course([1, 1, 1, 1, 1, 1])];
    const intervals = diceIntervals(courses, ['a', 'b'], 1);
    expect(intervals.map(({ low }) => low)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 0.9]);
    expect(intervals.map(({ high }) => high)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});
