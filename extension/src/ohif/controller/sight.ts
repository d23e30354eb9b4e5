import type { Viewport } from '../host/cornerstone-types';
import type { Host } from '../host/host';
import type { ImagePlace } from '../host/image-place';
import { showsStack } from '../host/stack';
import { showImage } from './show-image';

/** Where the image of the slice in work is: on show in its viewport, among those of a stack that shows another one, or in no stack. */
export type Sight = 'here' | 'elsewhere' | 'nowhere';

export function sightOf(host: Host, place: ImagePlace | null): Sight {
  if (place === null) return 'here';
  const viewport = host.viewport(place.viewportId);
  if (viewport !== null && showsStack(viewport) && viewport.getCurrentImageId() === place.imageId) {
    return 'here';
  }
  return stackWith(host, place) === null ? 'nowhere' : 'elsewhere';
}

/** An image on its way back to the screen. */
export interface Return {
  /** Its viewport may be another than before. */
  readonly place: ImagePlace;
  /** Rejects with the SpaError `pixels-unreadable` if the image cannot be loaded any more. */
  readonly shown: Promise<unknown>;
}

/** Has a stack show the image again: that of its viewport, or another if that one is gone. Null where no stack has it. */
export function bringBack(host: Host, place: ImagePlace): Return | null {
  const found = stackWith(host, place);
  if (found === null) return null;
  const { viewport, index } = found;
  return { place: { ...place, viewportId: viewport.id }, shown: showImage(host, viewport, index) };
}

/** The stack that has an image, and where in it: that of the image's viewport, or another if that one is gone. */
export function stackWith(
  host: Host,
  { viewportId, imageId }: ImagePlace,
): { readonly viewport: Viewport; readonly index: number } | null {
  const others = host.cornerstone.getEnabledElements().map(({ viewport }) => viewport.id);
  for (const id of [viewportId, ...others]) {
    // Of those that only draw thumbnails the viewer knows nothing.
    const viewport = host.viewport(id);
    if (viewport === null || !showsStack(viewport)) continue;
    const index = viewport.getImageIds?.().indexOf(imageId) ?? -1;
    if (index >= 0) return { viewport, index };
  }
  return null;
}
