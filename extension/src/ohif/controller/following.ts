/** From an image on which a structure is segmented to the image beside it, where the same structure is to be looked for. */
import { SpaError } from '../../core/error';
import type { Mask } from '../../core/image/mask';
import type { Slice } from '../../core/image/slice';
import type { Direction, Directions } from '../../panel/panel-model';
import { besideInStack } from '../host/beside-in-stack';
import type { Host } from '../host/host';
import type { ImagePlace } from '../host/image-place';
import { readSlice } from '../slice/read-slice';
import { findTarget } from '../segmentation/accept-mask';
import { labelmapImageFor, labelsOf } from '../segmentation/labelmap-images';
import { structureInSegment, type SegmentOnImage } from '../segmentation/structure-in-segment';
import type { ExistingTarget } from '../segmentation/target';
import { writtenInto } from '../segmentation/written-mask';
import type { AcceptedMasks } from './accepted-masks';
import { showImage } from './show-image';
import { sightOf, stackWith } from './sight';

const steps = { previous: -1, next: 1 } as const;
const nowhere: Directions = { previous: false, next: false };

/** An image to which a structure is followed, and the mask that shows it on the image before. */
export interface Followed {
  readonly place: ImagePlace;
  readonly slice: Slice;
  readonly mask: Mask;
}

/** Where a structure could be followed to from `place`. */
export function directionsFrom(host: Host, place: ImagePlace | null): Directions {
  const found = place === null ? null : stackWith(host, place);
  if (found === null) return nowhere;
  const imageIds = found.viewport.getImageIds?.() ?? [];
  const isBeside = (direction: Direction): boolean =>
    besideInStack(host, imageIds, found.index, steps[direction]) !== null;
  return { previous: isBeside('previous'), next: isBeside('next') };
}

/** The same for what is in the segment already into which Accept would write. */
export function directionsOfSegment(host: Host, place: ImagePlace | null): Directions {
  if (place === null || sightOf(host, place) !== 'here') return nowhere;
  const segment = segmentAt(host, place);
  return segment?.labels.includes(segment.label) === true ? directionsFrom(host, place) : nowhere;
}

/**
 * Shows the image beside `from`, on which `mask` shows a structure; null where there is no such image or no mask, or where the user shows
 * another image before or meanwhile.
 * @throws SpaError `pixels-unreadable`, `plane-unsupported`, `follow-size`
 */
export async function stepBeside(
  host: Host,
  from: ImagePlace,
  direction: Direction,
  mask: Mask | null,
): Promise<Followed | null> {
  const found = stackWith(host, from);
  if (mask === null || found === null || sightOf(host, from) !== 'here') return null;
  const { viewport } = found;
  const imageIds = viewport.getImageIds?.() ?? [];
  const index = besideInStack(host, imageIds, found.index, steps[direction]);
  const imageId = imageIds[index ?? -1];
  if (index === null || imageId === undefined) return null;
  await showImage(host, viewport, index);
  // The viewport may be gone by then, and still name its image.
  const shown = host.viewport(viewport.id);
  if (shown?.getCurrentImageId() !== imageId) return null;
  const slice = readSlice(host.cornerstone, shown);
  if (slice.width !== mask.width || slice.height !== mask.height) throw new SpaError('follow-size');
  return { place: { viewportId: viewport.id, imageId }, slice, mask };
}

/** What is in the segment there into which Accept would write: the structure that was accepted last, or all of it; null of an empty one. */
export function structureAt(host: Host, accepted: AcceptedMasks, place: ImagePlace): Mask | null {
  const segment = segmentAt(host, place);
  return segment === null
    ? null
    : structureInSegment(
        segment,
        writtenInto(segment.target, accepted.on(place.imageId)).map(({ mask }) => mask),
      );
}

/** The segment into which Accept would write there, as it is on that image; null where it would begin a new segmentation, or must not write. */
function segmentAt(
  host: Host,
  { viewportId, imageId }: ImagePlace,
): (SegmentOnImage & { readonly target: ExistingTarget }) | null {
  const target = targetAt(host, viewportId, imageId);
  const labelmapImageId = target === null ? null : labelmapImageFor(host, target, imageId, null);
  if (target === null || labelmapImageId === null) return null;
  const image = host.labelmaps.image(labelmapImageId);
  const labels = labelsOf(host, labelmapImageId);
  if (image === undefined || labels === null) return null;
  return { target, labels, label: target.segmentIndex, width: image.columns, height: image.rows };
}

/** Null as well where the segment has yet to be made. */
function targetAt(host: Host, viewportId: string, imageId: string): ExistingTarget | null {
  try {
    const target = findTarget(host, viewportId, imageId);
    const { state } = host.tools.segmentation;
    const segments = target === null ? {} : state.getSegmentation(target.segmentationId)?.segments;
    return target !== null && segments?.[target.segmentIndex] ? target : null;
  } catch (error) {
    if (error instanceof SpaError && error.code === 'segment-locked') return null;
    throw error;
  }
}
