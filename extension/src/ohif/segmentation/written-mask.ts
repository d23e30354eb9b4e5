import type { Mask } from '../../core/image/mask';
import type { LabelmapChange } from './merge-mask';
import type { ExistingTarget } from './target';

/** Where a mask was written, and what that changed there. */
export interface Written {
  readonly into: ExistingTarget;
  readonly change: LabelmapChange;
}

/** A mask that was accepted. */
export interface WrittenMask extends Written {
  readonly mask: Mask;
}

/** Those that were written into one segment, in their order. */
export function writtenInto(target: ExistingTarget, written: readonly WrittenMask[]): readonly WrittenMask[] {
  return written.filter(
    ({ into }) => into.segmentationId === target.segmentationId && into.segmentIndex === target.segmentIndex,
  );
}
