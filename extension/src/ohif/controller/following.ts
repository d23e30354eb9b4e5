import { SpaError } from '../../core/error';
import type { Mask } from '../../core/image/mask';
import type { Slice } from '../../core/image/slice';
import type { Direction, Directions } from '../../panel/panel-model';
import type { Host } from '../host/host';
import type { LayerPlace } from '../overlays/labelmap-layer';
import { readSlice } from '../read-slice';
import type { WrittenMask } from '../segmentation/accept-mask';
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

export interface AcceptedMask extends WrittenMask {
  readonly imageId: string;
}

/** What was accepted on each image, so that the same structure can be looked for on the image beside it. */
export class Following {
  /** In the order in which the masks were accepted: where the last one is taken back, the one before is followed. */
  private readonly accepted = new Map<string, readonly AcceptedMask[]>();

  constructor(private readonly host: Host) {}

  remember(accepted: AcceptedMask): void {
    this.accepted.set(accepted.imageId, [...this.on(accepted.imageId), accepted]);
  }

  takeBack(accepted: AcceptedMask): void {
    this.accepted.set(
      accepted.imageId,
      this.on(accepted.imageId).filter(each => each !== accepted),
    );
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
    const isSeen = place !== null && this.maskAt(place) !== null && sightOf(this.host, place) === 'here';
    return isSeen ? this.directionsFrom(place) : nowhere;
  }

  /**
   * Shows the image beside `from`, on which a mask was accepted; null where there is none, or where the user shows another one before or
   * meanwhile.
   * @throws SpaError `pixels-unreadable`, `plane-unsupported`, `follow-size`
   */
  async step(from: LayerPlace, direction: Direction): Promise<Followed | null> {
    const mask = this.maskAt(from);
    const found = stackWith(this.host, from);
    if (mask === null || found === null || sightOf(this.host, from) !== 'here') return null;
    const { viewport } = found;
    const index = found.index + steps[direction];
    const imageId = viewport.getImageIds?.()[index];
    if (imageId === undefined) return null;
    await showImage(this.host, viewport, index);
    // The viewport may be gone by then, and still name its image.
    const shown = this.host.viewport(viewport.id);
    if (shown?.getCurrentImageId() !== imageId) return null;
    const slice = readSlice(this.host.cornerstone, shown);
    if (slice.width !== mask.width || slice.height !== mask.height) throw new SpaError('follow-size');
    return { place: { viewportId: viewport.id, imageId }, slice, mask };
  }

  /** In the order in which they were accepted. */
  on(imageId: string): readonly AcceptedMask[] {
    return this.accepted.get(imageId) ?? [];
  }

  /** The last one that the viewport shows there: its segment may have been deleted, or be in another viewport alone. */
  private maskAt({ viewportId, imageId }: LayerPlace): Mask | null {
    const { segmentationService } = this.host.services;
    const shown = segmentationService
      .getSegmentationRepresentations(viewportId)
      .map(({ segmentationId }) => segmentationService.getSegmentation(segmentationId));
    const seen = this.on(imageId).filter(({ into }) =>
      shown.some(each => each?.segmentationId === into.segmentationId && !!each.segments[into.segmentIndex]),
    );
    return seen.at(-1)?.mask ?? null;
  }
}
