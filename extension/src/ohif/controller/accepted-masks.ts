import type { ExistingTarget } from '../segmentation/target';
import type { WrittenMask } from '../segmentation/written-mask';

export interface AcceptedMask extends WrittenMask {
  readonly imageId: string;
}

/** What was accepted on each image since the mode was entered. */
export class AcceptedMasks {
  private readonly byImage = new Map<string, readonly AcceptedMask[]>();

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

  /** Those in segments of which `isGone` says so. */
  forgetWhere(isGone: (target: ExistingTarget) => boolean): void {
    for (const [imageId, accepted] of this.byImage) {
      const left = accepted.filter(({ into }) => !isGone(into));
      if (left.length < accepted.length) this.byImage.set(imageId, left);
    }
  }

  forgetAll(): void {
    this.byImage.clear();
  }
}
