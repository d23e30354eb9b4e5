import type { Viewport } from './cornerstone-types';
import type { Host } from './host';

/** Stops the clip that plays in a viewport: it would go past the image before anything on it could be looked at. */
export function stopClip({ services: { cineService } }: Host, { id, element }: Viewport): void {
  if (cineService?.getState().cines?.[id]?.isPlaying !== true) return;
  // The player's button alone stops it only after the next image has come.
  cineService.setCine({ id, isPlaying: false });
  cineService.stopClip(element, { viewportId: id });
}
