import { SpaError } from '../../core/error';
import type { Viewport } from '../host/cornerstone-types';
import type { Host } from '../host/host';
import type { LayerPlace } from '../overlays/labelmap-layer';

/** Where the image of the slice in work is: on show in its viewport, among those of a stack that shows another one, or in no stack. */
export type Sight = 'here' | 'elsewhere' | 'nowhere';

export function sightOf(host: Host, place: LayerPlace | null): Sight {
  if (place === null) return 'here';
  const viewport = host.viewport(place.viewportId);
  if (viewport?.type === 'stack' && viewport.getCurrentImageId() === place.imageId) return 'here';
  return stackWith(host, place) === null ? 'nowhere' : 'elsewhere';
}

/**
 * Has a stack show the image again: that of its viewport, or another if that one is gone. Null where no stack has it. `shown` rejects with
 * the SpaError `pixels-unreadable` if the image cannot be loaded any more.
 */
export function bringBack(
  host: Host,
  place: LayerPlace,
): { readonly place: LayerPlace; readonly shown: Promise<unknown> } | null {
  const found = stackWith(host, place);
  if (found === null) return null;
  const { viewport, index } = found;
  return { place: { ...place, viewportId: viewport.id }, shown: showImage(viewport, index) };
}

/** Has a stack show one of its images. Rejects with the SpaError `pixels-unreadable` if that cannot be loaded. */
export async function showImage(viewport: Viewport, index: number): Promise<void> {
  try {
    await viewport.setImageIdIndex?.(index);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SpaError('pixels-unreadable', { reason }, { cause: error });
  }
}

/** The stack that has an image, and where in it: that of the image's viewport, or another if that one is gone. */
export function stackWith(
  host: Host,
  { viewportId, imageId }: LayerPlace,
): { readonly viewport: Viewport; readonly index: number } | null {
  const others = host.cornerstone.getEnabledElements().map(({ viewport }) => viewport.id);
  for (const id of [viewportId, ...others]) {
    // Of those that only draw thumbnails the viewer knows nothing.
    const viewport = host.viewport(id);
    if (viewport?.type !== 'stack') continue;
    const index = viewport.getImageIds?.().indexOf(imageId) ?? -1;
    if (index >= 0) return { viewport, index };
  }
  return null;
}
