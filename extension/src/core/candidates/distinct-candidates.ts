import type { Grid } from '../image/crop';
import { intersectionOverUnion, type Mask } from '../image/mask';
import type { Candidate } from '../proposal/proposal';
import { maskStatistics } from '../image/statistics';
import { ALIKE } from './propose-candidates';

/** A mask that some of the samples stand for. */
export interface Proposed {
  readonly mask: Mask;
  /** Indices of the samples. */
  readonly members: readonly number[];
}

/**
 * What a reader can tell apart: no two alike, none like the recommended one, none empty; ascending by area. Of masks that are alike the first
 * stays and stands for the samples of all.
 */
export function distinctCandidates(
  proposed: readonly Proposed[],
  recommended: Mask,
  grid: Grid,
  count: number,
): Candidate[] {
  const found: { readonly mask: Mask; members: readonly number[] }[] = [];
  for (const { mask, members } of proposed) {
    if (mask.area === 0 || intersectionOverUnion(mask, recommended) > ALIKE) continue;
    const twin = found.find(other => intersectionOverUnion(mask, other.mask) > ALIKE);
    if (twin === undefined) found.push({ mask, members });
    else twin.members = [...twin.members, ...members];
  }
  return found
    .map(({ mask, members }): Candidate => ({
      mask,
      members,
      statistics: maskStatistics(mask, grid),
      areaDifferencePercent:
        recommended.area === 0 ? 0 : (100 * (mask.area - recommended.area)) / recommended.area,
      share: members.length / count,
    }))
    .sort((a, b) => a.mask.area - b.mask.area);
}
