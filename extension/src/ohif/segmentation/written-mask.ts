import type { Mask } from '../../core/image/mask';
import type { ExistingTarget } from './target';

/** A mask that was accepted, and where it was written. */
export interface WrittenMask {
  readonly mask: Mask;
  readonly into: ExistingTarget;
}

/** Those that were written into one segment, in their order. */
export function writtenInto(target: ExistingTarget, written: readonly WrittenMask[]): readonly Mask[] {
  return written
    .filter(
      ({ into }) =>
        into.segmentationId === target.segmentationId && into.segmentIndex === target.segmentIndex,
    )
    .map(({ mask }) => mask);
}
