import type { Grid } from '../image/crop';
import type { Mask } from '../image/mask';
import { maskStatistics } from '../image/statistics';
import type { Candidate } from './candidate';

/** A mask on the way to become a candidate. */
export interface Drawing {
  readonly mask: Mask;
  /** Indices of the samples whose mean it is; null for another structure. */
  readonly members: readonly number[] | null;
  /** Number of samples that it stands for: its members, and those of masks like it that were left out. */
  readonly weight: number;
}

/** What the user is told of each drawing beside the recommended mask, ascending by area. `count`: of the round's samples. */
export function candidatesOf(
  drawings: readonly Drawing[],
  recommended: Mask,
  grid: Grid,
  count: number,
): Candidate[] {
  const difference = (mask: Mask): number =>
    recommended.area === 0 ? 0 : (100 * (mask.area - recommended.area)) / recommended.area;
  return drawings
    .map(({ mask, members, weight }): Candidate => ({
      mask,
      ...(members === null ? { otherStructure: true } : { members }),
      statistics: maskStatistics(mask, grid),
      areaDifferencePercent: difference(mask),
      share: weight / count,
    }))
    .sort((a, b) => a.mask.area - b.mask.area);
}
