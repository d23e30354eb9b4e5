import type { Mask } from '../image/mask';
import type { MaskStatistics } from '../image/statistics';

/** A distinct mask that a careful reader could mean instead of the recommended one. */
export interface Candidate {
  readonly mask: Mask;
  /** Indices of the round's samples whose mean it is; left out for another structure, which they do not show. */
  readonly members?: readonly number[];
  readonly statistics: MaskStatistics;
  /** Area difference to the recommended mask, in per cent of it (+54 means half as large again). */
  readonly areaDifferencePercent: number;
  /** Probability mass of the samples that this candidate stands for, 0..1. */
  readonly share: number;
  /** Another structure, not another way to draw the same one: to choose it says nothing of how the reader draws. */
  readonly otherStructure?: boolean;
}

/** K of the paper: as many cards as fit beside each other and four keys. */
export const MOST_CANDIDATES = 4;
