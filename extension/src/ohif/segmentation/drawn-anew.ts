/** Which of the masks that were accepted on an image a further one takes the place of: pure, so that it can be tested without a viewer. */
import { dice, type Mask } from '../../core/image/mask';

export interface DrawnAnew {
  /** Drawings of the same structure, of which the user thinks better now. */
  readonly replaced: readonly Mask[];
  /** Those of other structures, which stay as they are. */
  readonly others: readonly Mask[];
}

/** Masks on one image that are at least as alike (Dice) are drawings of one structure. */
const SAME_STRUCTURE = 0.5;

/** `earlier`: what was accepted into the same segment, in that order. What had been replaced by then counts no longer. */
export function drawnAnew(mask: Mask, earlier: readonly Mask[]): DrawnAnew {
  const standing = earlier.reduce<readonly Mask[]>(
    (before, next) => [...before.filter(each => !areAlike(each, next)), next],
    [],
  );
  return {
    replaced: standing.filter(each => areAlike(each, mask)),
    others: standing.filter(each => !areAlike(each, mask)),
  };
}

function areAlike(a: Mask, b: Mask): boolean {
  return dice(a, b) >= SAME_STRUCTURE;
}
