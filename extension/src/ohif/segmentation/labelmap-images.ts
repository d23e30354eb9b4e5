import { groupedBy } from '../../core/grouped-by';
import type { Mask } from '../../core/image/mask';
import type { Segmentation } from '../host/cornerstone-types';
import type { Host } from '../host/host';
import { chooseLayer, type Labels } from './choose-layer';
import type { ExistingTarget } from './target';

/** The labelmap images of a segmentation; none if it is not there or is no labelmap. */
export function labelmapImageIds(host: Host, segmentationId: string): readonly string[] {
  return labelmapOf(host, segmentationId)?.imageIds ?? [];
}

/** The labels of a labelmap image (row-major), to be read and written in place; null if they are not there. */
export function labelsOf(host: Host, labelmapImageId: string): Labels | null {
  const pixels = host.labelmaps.image(labelmapImageId)?.voxelManager?.getScalarData();
  return pixels instanceof Uint8Array || pixels instanceof Uint16Array ? pixels : null;
}

/** Whether an image of the series belongs to a segmentation. By position alone the host may name the labelmap of another slice. */
export function coversSlice(host: Host, segmentationId: string, imageId: string): boolean {
  const imageIds = labelmapImageIds(host, segmentationId);
  if (imageIds.some(candidate => imageOf(host, candidate) === imageId)) return true;
  // Dropped, it is still this segmentation's slice: a second segmentation beside it is not what anybody wants.
  const referencedImageIds = labelmapOf(host, segmentationId)?.referencedImageIds ?? [];
  return referencedImageIds.includes(imageId) && imageIds.some(id => host.labelmaps.image(id) === undefined);
}

/**
 * The labelmap image of an image of the series into which a mask goes, or where without one the segment is; null if the
 * segmentation has none for it. The host reads segments that overlap into several labelmap images for every slice, and lists the
 * images of all layers one after the other.
 */
export function labelmapImageFor(
  host: Host,
  { segmentationId, segmentIndex }: ExistingTarget,
  imageId: string,
  mask: Mask | null,
): string | null {
  const slices = groupedBy(labelmapImageIds(host, segmentationId), id => imageOf(host, id));
  // Of one that was dropped nobody can tell the image.
  slices.delete(undefined);
  const layers = slices.get(imageId) ?? [];
  if (layers.length < 2) return layers[0] ?? null;
  // To look at all slices for a layer takes its time: only what is written needs one that is free.
  if (mask === null) return layers.find(id => labelsOf(host, id)?.includes(segmentIndex) === true) ?? null;
  const layer = chooseLayer({
    slices: [...slices.values()].map(ids => ids.map(id => labelsOf(host, id))),
    slice: [...slices.keys()].indexOf(imageId),
    label: segmentIndex,
    mask,
  });
  return layers[layer] ?? null;
}

/** The image of the series to which a labelmap image belongs. */
function imageOf(host: Host, labelmapImageId: string): string | undefined {
  return host.labelmaps.image(labelmapImageId)?.referencedImageId;
}

function labelmapOf(
  host: Host,
  segmentationId: string,
): Segmentation['representationData']['Labelmap'] | undefined {
  return host.tools.segmentation.state.getSegmentation(segmentationId)?.representationData.Labelmap;
}
