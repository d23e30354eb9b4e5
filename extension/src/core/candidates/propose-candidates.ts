import { withRegion } from '../anchors';
import { pixelAt, type Crop, type Grid } from '../crop';
import { containsPixel, intersectionOverUnion, type Mask } from '../mask';
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
/** Once an answer was given: of masks that differ by less a click on the difference tells more. */
export const ALIKE_LATER = 0.86;
/** A cluster's mean above this is its mask. */
const THRESHOLD = 0.5;

/** Of another structure the IoU with every drawing of this one is smaller. */
const OTHER_STRUCTURE = 0.7;

export interface CandidateContext {
  readonly crop: Crop;
  readonly grid: Grid;
  readonly hints: readonly Hint[];
  /** [S,S], where the prompts say that the structure is. */
  readonly anchors: Uint8Array;
  readonly recommendation: Recommendation;
  readonly recommended: Mask;
  /** Masks of other structures at the prompts, on the slice. */
  readonly otherStructures: readonly Mask[];
  /** IoU above which two masks are taken for one. */
  readonly alike: number;
  readonly seed: number;
}

interface Found {
  readonly mask: Mask;
  /** Samples that it stands for. */
  members: number;
  readonly otherStructure?: boolean;
}

/** At most four masks: no two alike, none like the recommended one, none empty; ascending by area. */
export function proposeCandidates(samples: Samples, context: CandidateContext): Candidate[] {
  const { crop, grid, recommendation, recommended, alike } = context;
  const anchors = withRegion(context.anchors, recommendation.tidy, recommendation.threshold);
  const threshold = Math.min(THRESHOLD, recommendation.threshold);
  const clusters = membersOf(clusterSamples(samples, CLUSTERS, context.seed));
  const found: Found[] = [];
  // Heavy clusters first: of two alike the one that stands for more samples stays.
  for (const members of clusters.sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))) {
    const tidy = tidyMap(meanMap(samples, members), samples.size, threshold, anchors);
    const mask = obedientMask({ size: samples.size, values: tidy }, threshold, context.hints, crop, grid);
    if (mask.area === 0 || intersectionOverUnion(mask, recommended) > alike) continue;
    const twin = found.find(other => intersectionOverUnion(mask, other.mask) > alike);
    if (twin === undefined) found.push({ mask, members: members.length });
    else twin.members += members.length;
  }
  const others = context.otherStructures.filter(
    other =>
      obeys(other, context.hints, grid) &&
      [recommended, ...found.map(({ mask }) => mask)].every(
        mask => intersectionOverUnion(mask, other) < OTHER_STRUCTURE,
      ),
  );
  const drawings = mostDifferent(found, recommended, MOST_CANDIDATES - others.length);
  return [...drawings, ...others.map((mask): Found => ({ mask, members: 0, otherStructure: true }))]
    .map(({ mask, members, otherStructure }): Candidate => ({
      mask,
      ...(otherStructure === true && { otherStructure }),
      statistics: maskStatistics(mask, grid),
      areaDifferencePercent:
        recommended.area === 0 ? 0 : (100 * (mask.area - recommended.area)) / recommended.area,
      share: members / samples.count,
    }))
    .sort((a, b) => a.mask.area - b.mask.area);
}

function obeys(mask: Mask, hints: readonly Hint[], grid: Grid): boolean {
  return hints.every(({ at, positive }) => {
    const pixel = pixelAt(grid, at);
    return pixel === null || containsPixel(mask, pixel.x, pixel.y) === positive;
  });
}

/** Where there are too many, the one most like the recommended mask tells least. */
function mostDifferent(found: readonly Found[], recommended: Mask, most: number): Found[] {
  const likeness = (entry: Found): number => intersectionOverUnion(entry.mask, recommended);
  return [...found].sort((a, b) => likeness(a) - likeness(b)).slice(0, most);
}
