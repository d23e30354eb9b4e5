import { decodeMask, intersectionOverUnion, type Mask } from '../../extension/src/core/image/mask';
import type { Proposal } from '../../extension/src/core/proposal/proposal';
import { componentAreas } from '../../extension/src/core/image/regions';
import { mean } from './mean';

/** What the cards of a first proposal show. */
export interface Cards {
  /** Mean Dice between any two readers of the structure; null with fewer than two. */
  readonly agreement: number | null;
  readonly count: number;
  /** Mean of 1 - IoU over all pairs; null with fewer than two cards. */
  readonly distinct: number | null;
  /** Of each card: parts that hang together by their sides. */
  readonly components: readonly number[];
  /** Of each card: whether a part is smaller than a twentieth of the mask. */
  readonly crumbs: readonly boolean[];
}

/** A part smaller than this share of its mask is salt and pepper. */
const crumbShare = 0.05;
/** Readers whose mean pairwise Dice is at least this agree. */
const agreeingDice = 0.8;

export function cardsOf(proposal: Proposal | null, agreement: number | null): Cards {
  const masks = proposal?.candidates.map(candidate => candidate.mask) ?? [];
  const areas = masks.map(mask =>
    componentAreas({ width: mask.width, height: mask.height, pixels: decodeMask(mask) }),
  );
  return {
    agreement,
    count: masks.length,
    distinct: meanDistance(masks),
    components: areas.map(each => each.length),
    crumbs: areas.map((each, i) => Math.min(...each) < crumbShare * (masks[i]?.area ?? 0)),
  };
}

/** Mean of 1 - IoU over all pairs of masks; null with fewer than two. */
export function meanDistance(masks: readonly Mask[]): number | null {
  const distances = masks.flatMap((a, i) => masks.slice(i + 1).map(b => 1 - intersectionOverUnion(a, b)));
  return distances.length === 0 ? null : mean(distances);
}

/** Over the cases of one kind; what has nothing to count is null. */
export interface CardScore {
  readonly cases: number;
  /** Mean number of cards. */
  readonly shown: number | null;
  /** Share of the cases with more than two cards. */
  readonly moreThanTwo: number | null;
  /** Over the cases with at least two cards. */
  readonly distinct: number | null;
  /** Mean number of parts of a card. */
  readonly components: number | null;
  /** Share of the cards with a part smaller than a twentieth of the mask. */
  readonly crumbs: number | null;
}

/** The first proposals where readers agree (mean pairwise Dice of .8 or more), and where they do not; one reader alone is in neither. */
export function cardScores(all: readonly Cards[]): Readonly<Record<'agreeing' | 'disagreeing', CardScore>> {
  return {
    agreeing: cardScore(all.filter(({ agreement }) => agreement !== null && agreement >= agreeingDice)),
    disagreeing: cardScore(all.filter(({ agreement }) => agreement !== null && agreement < agreeingDice)),
  };
}

function cardScore(group: readonly Cards[]): CardScore {
  const meanOf = (values: readonly (number | null)[]): number | null =>
    values.some(value => value !== null) ? mean(values) : null;
  return {
    cases: group.length,
    shown: meanOf(group.map(({ count }) => count)),
    moreThanTwo: meanOf(group.map(({ count }) => (count > 2 ? 1 : 0))),
    distinct: meanOf(group.map(({ distinct }) => distinct)),
    components: meanOf(group.flatMap(({ components }) => components)),
    crumbs: meanOf(group.flatMap(({ crumbs }) => crumbs.map(crumb => (crumb ? 1 : 0)))),
  };
}
