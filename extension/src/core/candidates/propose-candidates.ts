import { withRegion } from '../anchors';
import type { Crop, Grid } from '../crop';
import { intersectionOverUnion, type Mask } from '../mask';
import { obedientMask } from '../obey';
import type { Hint } from '../prompts';
import type { Candidate } from '../proposal';
import type { Recommendation } from '../recommend';
import { meanMap, type Samples } from '../samples';
import { maskStatistics } from '../statistics';
import { clusterSamples, membersOf } from './cluster';
import { tidyMap } from './tidy';

/** K of the paper: as many cards as fit beside each other and four keys. */
export const MOST_CANDIDATES = 4;
/** One cluster more than cards: the one around the recommended mask is usually like it and falls away. */
const CLUSTERS = MOST_CANDIDATES + 1;
/** Masks with a larger IoU look the same to a reader. */
export const ALIKE = 0.92;
/** A cluster's mean above this is its mask. */
const THRESHOLD = 0.5;

export interface CandidateContext {
  readonly crop: Crop;
  readonly grid: Grid;
  readonly hints: readonly Hint[];
  /** [S,S], where the prompts say that the structure is. */
  readonly anchors: Uint8Array;
  readonly recommendation: Recommendation;
  readonly recommended: Mask;
  readonly seed: number;
}

/** At most four masks: no two alike, none like the recommended one, none empty; ascending by area. */
export function proposeCandidates(samples: Samples, context: CandidateContext): Candidate[] {
  const { crop, grid, recommendation, recommended } = context;
  const anchors = withRegion(context.anchors, recommendation.tidy, recommendation.threshold);
  const threshold = Math.min(THRESHOLD, recommendation.threshold);
  const clusters = membersOf(clusterSamples(samples, CLUSTERS, context.seed));
  const found: { mask: Mask; members: number }[] = [];
  // Heavy clusters first: of two alike the one that stands for more samples stays.
  for (const members of clusters.sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))) {
    const tidy = tidyMap(meanMap(samples, members), samples.size, threshold, anchors);
    const mask = obedientMask({ size: samples.size, values: tidy }, threshold, context.hints, crop, grid);
    if (mask.area === 0 || intersectionOverUnion(mask, recommended) > ALIKE) continue;
    const twin = found.find(other => intersectionOverUnion(mask, other.mask) > ALIKE);
    if (twin === undefined) found.push({ mask, members: members.length });
    else twin.members += members.length;
  }
  return mostDifferent(found, recommended)
    .map(({ mask, members }): Candidate => ({
      mask,
      statistics: maskStatistics(mask, grid),
      areaDifferencePercent:
        recommended.area === 0 ? 0 : (100 * (mask.area - recommended.area)) / recommended.area,
      share: members / samples.count,
    }))
    .sort((a, b) => a.mask.area - b.mask.area);
}

/** Where there are too many, the one most like the recommended mask tells least. */
function mostDifferent<T extends { readonly mask: Mask }>(found: readonly T[], recommended: Mask): T[] {
  const likeness = (entry: T): number => intersectionOverUnion(entry.mask, recommended);
  return [...found].sort((a, b) => likeness(a) - likeness(b)).slice(0, MOST_CANDIDATES);
}
