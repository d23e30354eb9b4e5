import type { Mask } from '../../core/image/mask';
import type { Host } from '../host/host';
import type { LayerPlace } from '../overlays/labelmap-layer';
import type { WrittenMask } from '../segmentation/accept-mask';

export interface AcceptedMask extends WrittenMask {
  readonly imageId: string;
}

/** What was accepted on each image since the mode was entered. */
export class AcceptedMasks {
  private readonly byImage = new Map<string, readonly AcceptedMask[]>();

  constructor(private readonly host: Host) {}

  /** In the order in which they were accepted: where the last one is taken back, the one before counts. */
  on(imageId: string): readonly AcceptedMask[] {
    return this.byImage.get(imageId) ?? [];
  }

  remember(accepted: AcceptedMask): void {
    this.byImage.set(accepted.imageId, [...this.on(accepted.imageId), accepted]);
  }

  takeBack(accepted: AcceptedMask): void {
    this.byImage.set(
      accepted.imageId,
      this.on(accepted.imageId).filter(each => each !== accepted),
    );
  }

  forgetAll(): void {
    this.byImage.clear();
  }

  /** The last one that the viewport shows on an image: its segment may have been deleted, or be in another viewport alone. */
  lastSeen({ viewportId, imageId }: LayerPlace): Mask | null {
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
