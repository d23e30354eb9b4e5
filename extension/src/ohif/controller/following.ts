/** From an image with an accepted mask to the image beside it, where the same structure is to be looked for. */
import { SpaError } from '../../core/error';
import type { Mask } from '../../core/image/mask';
import type { Slice } from '../../core/image/slice';
import type { Direction, Directions } from '../../panel/panel-model';
import type { Host } from '../host/host';
import type { LayerPlace } from '../overlays/labelmap-layer';
import { readSlice } from '../read-slice';
import type { AcceptedMasks } from './accepted-masks';
import { showImage } from './show-image';
import { sightOf, stackWith } from './sight';

const steps: Readonly<Record<Direction, number>> = { previous: -1, next: 1 };
const nowhere: Directions = { previous: false, next: false };

/** An image to which a structure is followed, and the mask that shows it on the image before. */
export interface Followed {
  readonly place: LayerPlace;
  readonly slice: Slice;
  readonly mask: Mask;
}

/** Where a structure could be followed to that is, or will be, accepted at `place`. */
export function directionsFrom(host: Host, place: LayerPlace | null): Directions {
  const found = place === null ? null : stackWith(host, place);
  if (found === null) return nowhere;
  const last = (found.viewport.getImageIds?.().length ?? 0) - 1;
  return { previous: found.index > 0, next: found.index < last };
}

/** The same for what was accepted on the image in a viewport already. */
export function directionsOfAccepted(
  host: Host,
  accepted: AcceptedMasks,
  place: LayerPlace | null,
): Directions {
  const isSeen = place !== null && accepted.lastSeen(place) !== null && sightOf(host, place) === 'here';
  return isSeen ? directionsFrom(host, place) : nowhere;
}

/**
 * Shows the image beside `from`, on which a mask was accepted; null where there is none, or where the user shows another one before or
 * meanwhile.
 * @throws SpaError `pixels-unreadable`, `plane-unsupported`, `follow-size`
 */
export async function stepBeside(
  host: Host,
  accepted: AcceptedMasks,
  from: LayerPlace,
  direction: Direction,
): Promise<Followed | null> {
  const mask = accepted.lastSeen(from);
  const found = stackWith(host, from);
  if (mask === null || found === null || sightOf(host, from) !== 'here') return null;
  const { viewport } = found;
  const index = found.index + steps[direction];
  const imageId = viewport.getImageIds?.()[index];
  if (imageId === undefined) return null;
  await showImage(host, viewport, index);
  // The viewport may be gone by then, and still name its image.
  const shown = host.viewport(viewport.id);
  if (shown?.getCurrentImageId() !== imageId) return null;
  const slice = readSlice(host.cornerstone, shown);
  if (slice.width !== mask.width || slice.height !== mask.height) throw new SpaError('follow-size');
  return { place: { viewportId: viewport.id, imageId }, slice, mask };
}
