import type { Crop, Grid } from '../../core/image/crop';
import type { Mask } from '../../core/image/mask';
import { thumbnailCrop } from '../../core/image/thumbnail';

/** A candidate whose picture would need more than this many times the side of the recommended mask's is shown at a scale of its own. */
const MOST_TIMES_LARGER = 2;

/** What the cards of a proposal show of the slice. */
export interface CardCrops {
  readonly recommended: Crop;
  /** In the order of the candidates. */
  readonly candidates: readonly Crop[];
}

/**
 * One crop for all cards, so that they can be compared; but a candidate far larger than the recommended mask gets its own: the others' differences
 * would be too small to be seen. `fallback` where all masks are empty.
 */
export function cardCrops(
  recommended: Mask,
  candidates: readonly Mask[],
  grid: Grid,
  fallback: Crop,
): CardCrops {
  const own = candidates.map(candidate => thumbnailCrop([recommended, candidate], grid, fallback));
  const most = MOST_TIMES_LARGER * thumbnailCrop([recommended], grid, fallback).side;
  const isAlike = own.map(({ side }) => side <= most);
  const alike = candidates.filter((_, i) => isAlike[i]);
  const shared = thumbnailCrop([recommended, ...alike], grid, fallback);
  return { recommended: shared, candidates: own.map((crop, i) => (isAlike[i] ? shared : crop)) };
}
