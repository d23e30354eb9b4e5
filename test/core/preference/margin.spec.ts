import { marginOf, withOffset } from '../../../extension/src/core/preference/margin';
import type { Margin } from '../../../extension/src/core/preference/preference';

const after = (offsets: readonly number[]): Margin | undefined =>
  offsets.reduce<Margin | undefined>((margin, offset) => withOffset(margin, offset), undefined);
const told = (...offsets: readonly number[]): number => marginOf(after(offsets));

describe('the margin that accepted masks tell', () => {
  it('is none before the first, nor after one alone, which may be chance', () => {
    expect(marginOf(undefined)).toBe(0);
    expect(Math.abs(told(3))).toBeLessThan(1e-9);
  });

  it('comes the nearer to the offset on which cases agree the more there are, on both sides', () => {
    const [two, five] = [told(3, 3), told(3, 3, 3, 3, 3)];
    expect(two).toBeGreaterThan(1);
    expect(five).toBeGreaterThan(two);
    expect(five).toBeLessThan(3);
    expect(told(-3, -3, -3, -3, -3)).toBeCloseTo(-five, 12);
  });

  it('lacks about an n-th of what n cases agree on, as a mean of theirs that is held back by chance', () => {
    expect(told(3, 3)).toBeCloseTo(3 / 2, 1);
    expect(told(3, 3, 3, 3, 3)).toBeCloseTo((3 * 4) / 5, 1);
  });

  it('comes to nothing where offsets go both ways', () => {
    expect(told(2, -2, 2, -2)).toBeCloseTo(0, 1);
    expect(Math.abs(told(0.4, -0.3, 0.1, -0.5, 0.2))).toBeLessThan(0.02);
  });

  it('follows a reader who changes', () => {
    expect(told(...new Array<number>(10).fill(2), ...new Array<number>(40).fill(-2))).toBeLessThan(-1);
  });

  it('leaves what was known before as it was: undo keeps it', () => {
    const before = after([1, 2]);
    const copy = structuredClone(before);
    withOffset(before, 5);
    expect(before).toEqual(copy);
  });
});
