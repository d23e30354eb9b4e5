import { SpaError } from '../../core/error';
import type { Mask } from '../../core/image/mask';
import type { Slice } from '../../core/image/slice';
import type { Direction, Directions } from '../../panel/panel-model';
import type { Host } from '../host/host';
import type { LayerPlace } from '../overlays/labelmap-layer';
import { readSlice } from '../read-slice';
import { showImage } from './show-image';
import { stackWith } from './sight';

const steps: Readonly<Record<Direction, number>> = { previous: -1, next: 1 };
const nowhere: Directions = { previous: false, next: false };

/** An image to which a structure is followed, and the mask that shows it on the image before. */
export interface Followed {
  readonly place: LayerPlace;
  readonly slice: Slice;
  readonly mask: Mask;
}

/** What was accepted last on each image, so that the same structure can be looked for on the image beside it. */
export class Following {
  private readonly accepted = new Map<string, Mask>();

  constructor(private readonly host: Host) {}

  /** `mask`: on the image `imageId`; null where it was taken back. */
  remember(imageId: string, mask: Mask | null): void {
    if (mask === null) this.accepted.delete(imageId);
    else this.accepted.set(imageId, mask);
  }

  forgetAll(): void {
    this.accepted.clear();
  }

  /** Where a structure could be followed to that is, or will be, accepted at `place`. */
  directionsFrom(place: LayerPlace | null): Directions {
    const found = place === null ? null : stackWith(this.host, place);
    if (found === null) return nowhere;
    const last = (found.viewport.getImageIds?.().length ?? 0) - 1;
    return { previous: found.index > 0, next: found.index < last };
  }

  /** The same for what was accepted on the image in a viewport already. */
  directionsOfAccepted(place: LayerPlace | null): Directions {
    return place !== null && this.accepted.has(place.imageId) ? this.directionsFrom(place) : nowhere;
  }

  /**
   * Shows the image beside `from`, on which `mask` was accepted; null where there is none, or where the user shows yet another one meanwhile.
   * @throws SpaError `pixels-unreadable`, `plane-unsupported`, `follow-size`
   */
  async step(from: LayerPlace, direction: Direction): Promise<Followed | null> {
    const mask = this.accepted.get(from.imageId);
    const found = stackWith(this.host, from);
    if (mask === undefined || found === null) return null;
    const { viewport } = found;
    const index = found.index + steps[direction];
    const imageId = viewport.getImageIds?.()[index];
    if (imageId === undefined) return null;
    await showImage(this.host, viewport, index);
    if (viewport.getCurrentImageId() !== imageId) return null;
    const slice = readSlice(this.host.cornerstone, viewport);
    if (slice.width !== mask.width || slice.height !== mask.height) throw new SpaError('follow-size');
    return { place: { viewportId: viewport.id, imageId }, slice, mask };
  }
}
