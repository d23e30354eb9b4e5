import type { Margin } from './preference';

/** What an older case counts against the next: readers change, and so do the images. */
const MEMORY = 0.95;

/** What one more accepted mask says: `offset` is how far its border lies outside of what the style alone would draw, in the slice's unit. */
export function withOffset(before: Margin | undefined, offset: number): Margin {
  return {
    cases: MEMORY * (before?.cases ?? 0) + 1,
    sum: MEMORY * (before?.sum ?? 0) + offset,
    squares: MEMORY ** 2 * (before?.squares ?? 0) + offset ** 2,
  };
}

/**
 * How far outside of what the latent can say this user draws the border (inside where negative), in the slice's unit. The mean of the
 * offsets, held back by how little they agree (the positive part of James and Stein's estimator, as for the style): one case alone tells
 * nothing, and offsets that go both ways come to nothing.
 */
export function marginOf(margin: Margin | undefined): number {
  if (margin === undefined || margin.sum === 0) return 0;
  const agreement = Math.max(0, 1 - margin.squares / margin.sum ** 2);
  return (agreement * margin.sum) / margin.cases;
}
