/** One image of a series, and how much of a segment lies on it. */
export interface SegmentOnSlice {
  /** In mm²; null where the image has no pixel spacing. */
  readonly area: number | null;
  readonly isEmpty: boolean;
  /** Where the image lies along the normal that all of the series share, in mm; null where it does not. */
  readonly along: number | null;
}

/** How far a segment reaches through a series. */
export interface SegmentExtent {
  /** On how many images something of it lies. */
  readonly images: number;
  /** Images between its first and its last one on which nothing of it lies. */
  readonly missing: number;
  /** In mm³; null where the images do not lie behind one another, and of a segment on a single one, or with images missing. */
  readonly volume: number | null;
}

/** Two images nearer to each other than this lie at one place (mm): another echo, another moment. */
const SAME_PLACE = 1e-3;

/**
 * The volume is that of slabs: each area counts half way to the image before and half way to the one after it, whatever Slice Thickness says,
 * which leaves gaps or overlaps where the distance is another. An image at the end of the series reaches as far out as it does in.
 * @param slices every image of the series, in the order of the stack
 */
export function segmentExtent(slices: readonly SegmentOnSlice[]): SegmentExtent {
  const sorted = [...slices].sort((a, b) => (a.along ?? 0) - (b.along ?? 0));
  const empty = sorted.map(({ isEmpty }) => isEmpty);
  const first = empty.indexOf(false);
  const last = empty.lastIndexOf(false);
  const images = slices.filter(({ isEmpty }) => !isEmpty).length;
  const missing = images === 0 ? 0 : last - first + 1 - images;
  return { images, missing, volume: images < 2 || missing > 0 ? null : slabs(sorted) };
}

function slabs(sorted: readonly SegmentOnSlice[]): number | null {
  let volume = 0;
  for (const [i, { area, along, isEmpty }] of sorted.entries()) {
    if (area === null || along === null) return null;
    const before = along - (sorted[i - 1]?.along ?? NaN);
    const after = (sorted[i + 1]?.along ?? NaN) - along;
    if (before < SAME_PLACE || after < SAME_PLACE) return null;
    if (!isEmpty) volume += (area * ((before || after) + (after || before))) / 2;
  }
  return volume;
}
