import type { Segmentation } from '../host/cornerstone-types';
import type { Host } from '../host/host';

/** The host's own segmentations with a labelmap in a viewport, the active one first. */
export function segmentationsIn(host: Host, viewportId: string): Segmentation[] {
  const { segmentationService } = host.services;
  const ids = new Set(
    segmentationService.getSegmentationRepresentations(viewportId).map(each => each.segmentationId),
  );
  const active = segmentationService.getActiveSegmentation(viewportId)?.segmentationId;
  return [...ids]
    .sort((a, b) => Number(b === active) - Number(a === active))
    .map(id => segmentationService.getSegmentation(id))
    .filter(segmentation => segmentation?.representationData.Labelmap !== undefined)
    .filter(segmentation => segmentation !== undefined);
}
