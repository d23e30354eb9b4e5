/**
 * Overlays are segmentations to the renderer but not to the user: they must not be listed in the host's panels, nor be exported, nor be
 * what the host's brush draws into, nor be shown in other viewports, as the host does with all segmentations where viewports have a frame of
 * reference in common: it makes volumes of those that show other images for it. The host offers no mark for that, so while the mode is on the
 * methods by which it lists and shows segmentations leave ours out.
 */
import type { Host } from '../host/host';
import type { SegmentationService } from '../host/host-types';

export const OVERLAY_PREFIX = 'spa-overlay:';

export function isOverlay(segmentationId: string | undefined): boolean {
  return segmentationId?.startsWith(OVERLAY_PREFIX) === true;
}

/** Returns the function that lifts the veil. */
export function veilOverlays(service: SegmentationService): () => void {
  const {
    getSegmentations,
    getSegmentationRepresentations,
    getActiveSegmentation,
    addSegmentationRepresentation,
  } = service;
  const veiled: Partial<SegmentationService> = {
    getSegmentations: () => getSegmentations.call(service).filter(s => !isOverlay(s.segmentationId)),
    getSegmentationRepresentations: (viewportId: string, specifier?: object) =>
      getSegmentationRepresentations
        .call(service, viewportId, specifier)
        .filter(r => !isOverlay(r.segmentationId)),
    getActiveSegmentation: (viewportId: string) => {
      const active = getActiveSegmentation.call(service, viewportId);
      return isOverlay(active?.segmentationId) ? undefined : active;
    },
    // Overlays themselves are put into their viewport through cornerstone.
    addSegmentationRepresentation: (viewportId, options) =>
      isOverlay(options.segmentationId)
        ? Promise.resolve()
        : addSegmentationRepresentation.call(service, viewportId, options),
  };
  const own = Object.keys(veiled).map(
    name => [name, Object.getOwnPropertyDescriptor(service, name)] as const,
  );
  Object.assign(service, veiled);
  return () => {
    for (const [name, descriptor] of own) {
      // Methods of the class are back once the instance has none of its own.
      if (descriptor === undefined) Reflect.deleteProperty(service, name);
      else Object.defineProperty(service, name, descriptor);
    }
  };
}

/** Newer hosts make a display set (an entry among the series) for every segmentation that appears: not for overlays. */
export function hideDisplaySet(host: Host, segmentationId: string): void {
  const { displaySetService } = host.services;
  if (displaySetService.getDisplaySetByUID(segmentationId)?.madeInClient === true) {
    displaySetService.deleteDisplaySet(segmentationId);
  }
}
