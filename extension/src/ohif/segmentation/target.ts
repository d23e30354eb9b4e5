/** Where Accept writes: pure, so that the choice can be tested without a viewer. */
import { SpaError } from '../../core/error';
import type { Segmentation } from '../host/cornerstone-types';

export interface ExistingTarget {
  readonly segmentationId: string;
  readonly segmentIndex: number;
}

export interface TargetQuestion {
  /** The viewport's active segmentation, if it has one. */
  readonly active: Segmentation | null;
  /** Whether that segmentation has a labelmap image for the slice in work. */
  readonly coversSlice: boolean;
  readonly isLocked: (segmentIndex: number) => boolean;
}

const FIRST_SEGMENT = 1;

/**
 * The active segment of the active segmentation, or null if a new segmentation has to be made: there is none, or it belongs to another
 * series. A segmentation whose segments none is active is written to in its first one, and one that has none, for they were deleted, in a
 * first one that has to be made.
 * @throws SpaError `segment-locked`
 */
export function chooseTarget({ active, coversSlice, isLocked }: TargetQuestion): ExistingTarget | null {
  if (active === null || !coversSlice) return null;
  const segment = activeSegment(active);
  if (segment === null) return { segmentationId: active.segmentationId, segmentIndex: FIRST_SEGMENT };
  if (isLocked(segment)) throw new SpaError('segment-locked');
  return { segmentationId: active.segmentationId, segmentIndex: segment };
}

function activeSegment(segmentation: Segmentation): number | null {
  const segments = Object.values(segmentation.segments).filter(
    segment => segment !== null && segment !== undefined,
  );
  const chosen = segments.find(segment => segment.active === true) ?? segments[0];
  return chosen?.segmentIndex ?? null;
}
