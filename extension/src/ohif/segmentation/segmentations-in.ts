import type { Segmentation } from '../host/cornerstone-types';
import type { Host } from '../host/host';
import type { ExistingTarget } from './target';

/** Whether the user has hidden a segment of what a viewport shows, or all of its segmentation. */
export function isHidden(
  { services: { segmentationService } }: Host,
  viewportId: string,
  { segmentationId, segmentIndex }: ExistingTarget,
): boolean {
  const representation = segmentationService
    .getSegmentationRepresentations(viewportId)
    .find(each => each.segmentationId === segmentationId);
  return representation?.visible === false || representation?.segments?.[segmentIndex]?.visible === false;
}

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
