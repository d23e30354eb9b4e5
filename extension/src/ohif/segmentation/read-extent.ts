import { groupedBy } from '../../core/grouped-by';
import { segmentExtent, type SegmentExtent, type SegmentOnSlice } from '../../core/image/segment-extent';
import type { Host } from '../host/host';
import type { Instance } from '../slice/read-functional-group';
import { alongNormal, normalOf } from '../slice/along-normal';
import { imageGeometry } from '../slice/image-geometry';
import type { SliceGeometry } from '../slice/slice-geometry';
import { labelmapImageIds, labelsOf } from './labelmap-images';
import type { ExistingTarget } from './target';

/** Work before the page may go on, in pixels gone through: about 4 ms. */
const AT_A_TIME = 4_000_000;
/** What it takes to ask the host where an image lies, in the same measure. */
const TO_ASK = 400_000;

/** Where the images of a study lie, as far as it was asked. */
export type KnownPlaces = Map<string, SliceGeometry | null>;

/** Two directions that differ by less lie in parallel planes. */
const SAME_DIRECTION = 1e-3;

/**
 * How far a segment reaches through the series of its segmentation; null if it is gone meanwhile, or where a labelmap is lost.
 * @param known is added to
 * @param pause lets the page go on; answers whether the extent is still wanted
 */
export async function readExtent(
  host: Host,
  { segmentationId, segmentIndex }: ExistingTarget,
  known: KnownPlaces,
  pause: () => Promise<boolean>,
): Promise<SegmentExtent | null> {
  // The host lists overlapping segments in several labelmaps for an image.
  const images = groupedBy(
    labelmapImageIds(host, segmentationId),
    id => host.labelmaps.image(id)?.referencedImageId,
  );
  if (images.has(undefined)) return null;
  const drawn: DrawnOn[] = [];
  let read = 0;
  for (const [imageId, labelmaps] of images) {
    if (read > AT_A_TIME) {
      if (!(await pause())) return null;
      read = 0;
    }
    let pixels = 0;
    for (const id of labelmaps) {
      const labels = labelsOf(host, id);
      if (labels === null) return null;
      pixels += count(labels, segmentIndex);
      read += labels.length;
    }
    const isNew = imageId !== undefined && !known.has(imageId);
    if (isNew) known.set(imageId, placeOf(host, imageId));
    read += isNew ? TO_ASK : 0;
    drawn.push({ pixels, geometry: known.get(imageId ?? '') ?? null });
  }
  return segmentExtent(behindOneAnother(drawn));
}

interface DrawnOn {
  readonly pixels: number;
  readonly geometry: SliceGeometry | null;
}

/** Without the images that lie otherwise than those of the segment, such as a localizer, or nowhere, such as a page of text. */
function behindOneAnother(images: readonly DrawnOn[]): SegmentOnSlice[] {
  const plane = images.find(({ pixels, geometry }) => pixels > 0 && geometry !== null)?.geometry ?? null;
  return images.flatMap(({ pixels, geometry }) => {
    const lies = geometry !== null && plane !== null && isParallel(geometry, plane) ? geometry : null;
    if (pixels === 0 && lies === null && plane !== null) return [];
    const [row, column] = lies?.pixelSpacing ?? [NaN, NaN];
    return {
      isEmpty: pixels === 0,
      area: lies === null ? null : pixels * row * column,
      along: lies === null ? null : alongNormal(lies),
    };
  });
}

/** Viewer 3.12 moves the frames of a dose each time it is asked where they lie: it is not asked here. */
function placeOf(host: Host, imageId: string): SliceGeometry | null {
  const instance = host.cornerstone.metaData.get('instance', imageId) as Instance | undefined;
  return instance?.['GridFrameOffsetVector'] === undefined ? imageGeometry(host, imageId) : null;
}

function count(labels: Uint8Array | Uint16Array, label: number): number {
  let found = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === label) found++;
  return found;
}

function isParallel(a: SliceGeometry, b: SliceGeometry): boolean {
  const other = normalOf(b.orientation);
  return normalOf(a.orientation).every((value, i) => Math.abs(value - (other[i] ?? NaN)) < SAME_DIRECTION);
}
