import type { Host } from '../host/host';
import { showsStack } from '../host/stack';
import { coversSlice } from './labelmap-images';

/**
 * Shows the segmentations that masks were accepted into in a stack of their series. The host shows a new one where it was made and where its
 * hanging protocol says so, and forgets which ones a viewport had when the layout changes: there the mask would be out of sight, and the
 * next one would begin a segmentation of its own.
 */
export async function showAccepted(host: Host, viewportId: string): Promise<void> {
  const viewport = host.viewport(viewportId);
  const imageId = viewport?.getCurrentImageId();
  if (viewport === null || !imageId || !showsStack(viewport)) return;
  const { segmentationService } = host.services;
  const shown = segmentationService
    .getSegmentationRepresentations(viewportId)
    .map(each => each.segmentationId);
  const missing = host.labelmaps.segmentationIds.filter(
    id => !shown.includes(id) && coversSlice(host, id, imageId),
  );
  if (missing.length === 0) return;
  const active = segmentationService.getActiveSegmentation(viewportId)?.segmentationId;
  for (const segmentationId of missing) {
    await segmentationService.addSegmentationRepresentation(viewportId, { segmentationId, type: 'Labelmap' });
  }
  // What is shown last becomes the active one.
  if (active !== undefined) {
    host.tools.segmentation.activeSegmentation.setActiveSegmentation(viewportId, active);
  }
}

/** The same for all viewports but one. */
export async function showAcceptedBeside(host: Host, viewportId: string): Promise<void> {
  const ids = host.cornerstone.getEnabledElements().map(({ viewport }) => viewport.id);
  for (const id of new Set(ids)) if (id !== viewportId) await showAccepted(host, id);
}
