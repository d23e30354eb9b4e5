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
  /** Places between its first and its last image at which nothing of it lies. */
  readonly missing: number;
  /**
   * In mm³; null where the images do not lie behind one another, and of a segment at a single place, twice at one, or with places missing.
   */
  readonly volume: number | null;
}

/** Two images nearer to each other than this lie at one place (mm): another echo, another moment. */
export const SAME_PLACE = 1e-3;

/**
 * The volume is that of slabs: each area counts half way to the place before and half way to the one after it, whatever Slice Thickness says,
 * which leaves gaps or overlaps where the distance is another. An image at the end of the series reaches as far out as it does in.
 * @param slices every image of the series, in the order of the stack
 */
export function segmentExtent(slices: readonly SegmentOnSlice[]): SegmentExtent {
  const places = byPlace(slices);
  const holds = places.map(images => images.some(({ isEmpty }) => !isEmpty));
  const reached = holds.filter(Boolean).length;
  const missing = reached === 0 ? 0 : holds.lastIndexOf(true) - holds.indexOf(true) + 1 - reached;
  const images = slices.filter(({ isEmpty }) => !isEmpty).length;
  const isOnce = images === reached;
  return { images, missing, volume: reached > 1 && missing === 0 && isOnce ? slabs(places) : null };
}

/** Images at one place together, along the normal; each by itself, in the order of the stack, where they have none. */
function byPlace(slices: readonly SegmentOnSlice[]): SegmentOnSlice[][] {
  const places: SegmentOnSlice[][] = [];
  for (const slice of [...slices].sort((a, b) => (a.along ?? 0) - (b.along ?? 0))) {
    const last = places.at(-1);
    const isThere = (slice.along ?? NaN) - (last?.[0]?.along ?? NaN) < SAME_PLACE;
    if (isThere) last?.push(slice);
    else places.push([slice]);
  }
  return places;
}

function slabs(places: readonly (readonly SegmentOnSlice[])[]): number | null {
  const along = places.map(([image]) => image?.along ?? null);
  let volume = 0;
  for (const [i, images] of places.entries()) {
    const here = along[i] ?? null;
    const area = images.find(({ isEmpty }) => !isEmpty)?.area;
    if (here === null || area === null) return null;
    const before = here - (along[i - 1] ?? NaN);
    const after = (along[i + 1] ?? NaN) - here;
    volume += ((area ?? 0) * ((before || after) + (after || before))) / 2;
  }
  return volume;
}
