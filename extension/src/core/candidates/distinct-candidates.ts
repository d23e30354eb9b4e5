import type { Grid } from '../image/crop';
import { intersectionOverUnion, type Mask } from '../image/mask';
import type { Candidate } from './candidate';
import { candidatesOf } from './candidates-of';
import { ALIKE } from './propose-candidates';

export interface Proposed {
  readonly mask: Mask;
  /** Indices of the samples whose mean it is. */
  readonly members: readonly number[];
}

/**
 * What a reader can tell apart: no two alike, none like the recommended one, none empty; ascending by area. Of masks that are alike the first
 * stays, and has the share of all.
 */
export function distinctCandidates(
  proposed: readonly Proposed[],
  recommended: Mask,
  grid: Grid,
  count: number,
): Candidate[] {
  const found: (Proposed & { weight: number })[] = [];
  for (const { mask, members } of proposed) {
    if (mask.area === 0 || intersectionOverUnion(mask, recommended) > ALIKE) continue;
    const twin = found.find(other => intersectionOverUnion(mask, other.mask) > ALIKE);
    if (twin === undefined) found.push({ mask, members, weight: members.length });
    else twin.weight += members.length;
  }
  return candidatesOf(found, recommended, grid, count);
}
