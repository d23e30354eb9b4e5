import { alongNormal } from './along-normal';
import type { LabelledSlice, SliceGeometry } from './segmentation-source';

/** Two images nearer to each other than this lie at one place (mm): another echo, another moment. */
const SAME_PLACE = 1e-3;

/**
 * The Pixel Measures of a SEG object need Slice Thickness (0018,0050), which images may leave empty: those that do are as thick as the smallest
 * distance between two of the series that are parallel. One that is alone stays without.
 */
export function withThickness(slices: readonly LabelledSlice[]): readonly LabelledSlice[] {
  const places = new Map<string, number[]>();
  for (const { geometry } of slices) {
    if (geometry === null) continue;
    const key = geometry.orientation.join(' ');
    const known = places.get(key);
    if (known === undefined) places.set(key, [alongNormal(geometry)]);
    else known.push(alongNormal(geometry));
  }
  const thickness = new Map([...places].map(([key, along]) => [key, smallestDistance(along)]));
  return slices.map(slice =>
    slice.geometry?.sliceThickness === null
      ? { ...slice, geometry: withDistance(slice.geometry, thickness) }
      : slice,
  );
}

function withDistance(geometry: SliceGeometry, thickness: ReadonlyMap<string, number | null>): SliceGeometry {
  return { ...geometry, sliceThickness: thickness.get(geometry.orientation.join(' ')) ?? null };
}

/** Null where all lie at one place. */
function smallestDistance(along: readonly number[]): number | null {
  const sorted = [...along].sort((a, b) => a - b);
  const distances = sorted.slice(1).map((place, i) => place - (sorted[i] ?? place));
  const apart = distances.filter(distance => distance > SAME_PLACE);
  return apart.length === 0 ? null : Math.min(...apart);
}
