/** Which of the masks that were accepted on an image a further one takes the place of: pure, so that it can be tested without a viewer. */
import { dice, intersectionArea, type Mask } from '../../core/image/mask';

export interface DrawnAnew {
  /** Drawings of the same structure, of which the user thinks better now. */
  readonly replaced: readonly Mask[];
  /** Those of other structures, which stay as they are. */
  readonly others: readonly Mask[];
}

/** Masks on one image that are at least as alike (Dice) are drawings of one structure. */
const SAME_STRUCTURE = 0.5;
/** What lies in a later mask with this share of its area has become part of it. */
const TAKEN_IN = 0.5;

/** `earlier`: what was accepted into the same segment, in that order. What had been replaced by then counts no longer. */
export function drawnAnew(mask: Mask, earlier: readonly Mask[]): DrawnAnew {
  const standing = earlier.reduce<readonly Mask[]>((before, next) => [...without(before, next), next], []);
  return {
    replaced: standing.filter(each => dice(each, mask) >= SAME_STRUCTURE),
    others: without(standing, mask),
  };
}

function without(standing: readonly Mask[], mask: Mask): readonly Mask[] {
  return standing.filter(
    each => dice(each, mask) < SAME_STRUCTURE && intersectionArea(each, mask) < TAKEN_IN * each.area,
  );
}
