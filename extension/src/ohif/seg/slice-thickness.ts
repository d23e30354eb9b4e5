import { groupedBy } from '../../core/grouped-by';
import { SAME_PLACE } from '../../core/image/segment-extent';
import { alongNormal } from '../slice/along-normal';
import type { SliceGeometry } from '../slice/slice-geometry';
import type { LabelledSlice } from './segmentation-source';

/**
 * The Pixel Measures of a SEG object need Slice Thickness (0018,0050), which images may leave empty: those that do are as thick as the smallest
 * distance between two of the series that are parallel. One that is alone stays without, and its SEG without Pixel Measures.
 */
export function withThickness(slices: readonly LabelledSlice[]): readonly LabelledSlice[] {
  const placed = slices.map(({ geometry }) => geometry).filter(geometry => geometry !== null);
  const thickness = new Map(
    [...groupedBy(placed, orientationOf)].map(([orientation, parallel]) => [
      orientation,
      smallestDistance(parallel.map(alongNormal)),
    ]),
  );
  return slices.map(slice =>
    slice.geometry?.sliceThickness === null
      ? { ...slice, geometry: withDistance(slice.geometry, thickness) }
      : slice,
  );
}

function withDistance(geometry: SliceGeometry, thickness: ReadonlyMap<string, number | null>): SliceGeometry {
  return { ...geometry, sliceThickness: thickness.get(orientationOf(geometry)) ?? null };
}

/** The same for images that are parallel. */
function orientationOf({ orientation }: SliceGeometry): string {
  return orientation.join(' ');
}

/** Null where all lie at one place. */
function smallestDistance(along: readonly number[]): number | null {
  const sorted = [...along].sort((a, b) => a - b);
  const distances = sorted.slice(1).map((place, i) => place - (sorted[i] ?? place));
  const apart = distances.filter(distance => distance > SAME_PLACE);
  return apart.length === 0 ? null : Math.min(...apart);
}
