import type { Mask } from '../../core/image/mask';
import type { WrittenMask } from './written-mask';

/** A mask on its way into the viewer's segmentation. */
export interface AcceptRequest {
  readonly viewportId: string;
  readonly imageId: string;
  readonly mask: Mask;
  /** What was accepted on this image before, in that order. */
  readonly earlier: readonly WrittenMask[];
  /** Who made the mask, with the version: SegmentAlgorithmName (0062,0009) of the segment. */
  readonly algorithm: string;
  /** Label of a segmentation that has to be made. */
  readonly newLabel: string;
  /** Lets the page draw and answer its user. */
  readonly pause: () => Promise<void>;
  /** The host's history took the mask back (`true`), or wrote it again (`false`). */
  readonly restored: (undo: boolean) => void;
}
