import { agreement, MEMORY } from './agreement';
import type { Margin } from './preference';

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
 * offsets, held back by how little they agree, as for the style: one case alone tells nothing, and offsets that go both ways come to nothing.
 */
export function marginOf(margin: Margin | undefined): number {
  return margin === undefined ? 0 : (agreement(margin.sum, margin.squares) * margin.sum) / margin.cases;
}
