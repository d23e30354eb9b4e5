import { withRegion } from '../prompts/anchors';
import type { Crop, Grid } from '../image/crop';
import { intersectionOverUnion, type Mask } from '../image/mask';
import { obedientMask, obeys } from '../prompts/obey';
import type { Hint } from '../prompts/prompts';
import { MOST_CANDIDATES, type Candidate } from './candidate';
import type { BorderRule } from '../recommended/border';
import type { Recommendation } from '../recommended/recommend';
import { meanMap, type Samples } from '../network/samples';
import { candidatesOf, type Drawing } from './candidates-of';
import { clusterSamples, membersOf } from './cluster';
import { expectedDifference } from './expected-difference';
import { tellingMasks, type Shown } from './telling-masks';
import { tidyMap } from '../recommended/tidy';

/** More clusters than cards: one or two around the recommended mask are usually like it and fall away. Of a first proposal ... */
const CLUSTERS = MOST_CANDIDATES + 2;
/** ... and of later ones, whose samples differ less. */
const CLUSTERS_LATER = MOST_CANDIDATES + 1;
/** Masks with a larger IoU look the same to a reader. */
export const ALIKE = 0.92;
/** Nearer than this to the recommended mask a first card is no other opinion: two careful readers differ by as much. */
const NO_OTHER_OPINION = 0.8;
/**
 * Once an answer was given: of masks that differ by less a click on the difference tells more. A user who takes every card that is a little
 * nearer gets nowhere: on organs .75 instead of .5 costs .008 of Dice after six rounds (.930, .938), on LIDC it saves .02 rounds.
 */
const ALIKE_LATER = 0.5;
/**
 * Of a first proposal: where readers are expected to differ by no more than this (1 - Dice) so many cards at most. The more they agree the
 * less there is to choose from; who is not content with that says so, and is then shown all there is.
 */
const FEWER_CARDS = [
  { difference: 0.15, cards: 1 },
  { difference: 0.27, cards: 2 },
] as const;
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
  /** What this user's margin does to a map. */
  readonly border: BorderRule;
  /** No answer was given yet. */
  readonly first: boolean;
  readonly seed: number;
}

type Found = Shown & Omit<Drawing, 'weight'> & { weight: number };

/** At most four masks: no two alike, none like the recommended one, none empty; ascending by area. */
export function proposeCandidates(samples: Samples, context: CandidateContext): Candidate[] {
  const { crop, grid, recommendation, recommended, border, first } = context;
  const alike = first ? ALIKE : ALIKE_LATER;
  const rules = drawingRules(context);
  const { anchors, threshold } = rules;
  const clusters = membersOf(clusterSamples(samples, first ? CLUSTERS : CLUSTERS_LATER, context.seed));
  const found: Found[] = [];
  // Heavy clusters first: of two alike the one that stands for more samples stays.
  for (const members of clusters.sort((a, b) => b.length - a.length)) {
    const tidy = candidateMap(samples, members, rules);
    const map = { size: samples.size, values: border(tidy, threshold) };
    const mask = obedientMask(map, threshold, context.hints, crop, grid);
    if (mask.area === 0 || intersectionOverUnion(mask, recommended) > alike) continue;
    const twin = found.find(other => intersectionOverUnion(mask, other.mask) > alike);
    if (twin === undefined) found.push({ mask, members, weight: members.length, map: tidy, threshold });
    else twin.weight += members.length;
  }
  const others = context.otherStructures.filter(
    other =>
      obeys(other, context.hints, grid) &&
      [recommended, ...found.map(({ mask }) => mask)].every(
        mask => intersectionOverUnion(mask, other) < OTHER_STRUCTURE,
      ),
  );
  const likeness = ({ mask }: Found): number => intersectionOverUnion(mask, recommended);
  const room = MOST_CANDIDATES - others.length;
  const byDifference = [...found].sort((a, b) => likeness(a) - likeness(b));
  const telling = first
    ? tellingMasks(
        found.filter(entry => likeness(entry) <= NO_OTHER_OPINION),
        { map: recommendation.tidy, threshold: recommendation.threshold },
        samples,
        { threshold, anchors, most: Math.min(room, cardsFor(expectedDifference(recommendation.mean))) },
      )
    : // Where there are too many, the one most like the recommended mask tells least.
      byDifference.slice(0, room);
  // Where nothing is worth a card the user can still answer by one: the mask least like the recommended.
  const drawings = telling.length + others.length === 0 ? byDifference.slice(0, 1) : telling;
  const structures = others.map((mask): Drawing => ({ mask, members: null, weight: 0 }));
  return candidatesOf([...drawings, ...structures], recommended, grid, samples.count);
}

/** How a cluster's mean becomes one story. */
interface DrawingRules {
  /** [S,S], where the structure is by the prompts and by the recommended mask. */
  readonly anchors: Uint8Array;
  /** Above it lies a candidate's mask, before clicks are enforced. */
  readonly threshold: number;
}

export function drawingRules({
  anchors,
  recommendation,
}: Pick<CandidateContext, 'anchors' | 'recommendation'>): DrawingRules {
  return {
    anchors: withRegion(anchors, recommendation.tidy, recommendation.threshold),
    threshold: Math.min(THRESHOLD, recommendation.threshold),
  };
}

/** What a candidate's samples say, reduced to one story, [S,S]. */
export function candidateMap(
  samples: Samples,
  members: readonly number[],
  { anchors, threshold }: DrawingRules,
): Float32Array {
  return tidyMap(meanMap(samples, members), samples.size, threshold, anchors);
}

function cardsFor(difference: number): number {
  return FEWER_CARDS.find(each => difference <= each.difference)?.cards ?? MOST_CANDIDATES;
}
