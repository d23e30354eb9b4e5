import type { Crop } from '../image/crop';
import type { Mask } from '../image/mask';
import type { MaskStatistics } from '../image/statistics';
import type { Preference } from '../preference/preference';
import type { Prompt } from '../prompts/prompts';

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

/** Where the present preference stands among all that the model can propose here; each 0..1 with its 10th..90th percentile. */
export interface Tendency {
  readonly generosity: { readonly mean: number; readonly low: number; readonly high: number };
  readonly smoothness: { readonly mean: number; readonly low: number; readonly high: number };
}

export interface Proposal {
  readonly recommended: {
    readonly mask: Mask;
    /** Like a candidate's; engine `sam`. */
    readonly members?: readonly number[];
    readonly statistics: MaskStatistics;
    /** Share of the mask on which nearly all samples agree, 0..1. */
    readonly certainShare: number;
  };
  /** At most `MOST_CANDIDATES`, no two alike, none like the recommended one; ascending by area. */
  readonly candidates: readonly Candidate[];
  readonly tendency: Tendency | null;
}

/** Everything that determines a round: the same input gives the same round. */
export interface RoundInput {
  readonly prompts: readonly Prompt[];
  /** The mask on which the user builds: the candidate chosen, or the recommended mask that a click corrects. */
  readonly previous: Mask | null;
  /** The mask that the last prompt calls wrong, where the engine does not build on it but looks anew. */
  readonly contradicted?: Mask;
  /** The field of view; null lets the engine look coarsely and zoom. */
  readonly crop: Crop | null;
  /** The same structure on the neighbouring image from which it is followed: the first view is the one that suits it there. */
  readonly followed?: Mask;
  /** The crop was set by hand: it is kept as it is, even where the structure outgrows it. Default false. */
  readonly cropByHand?: boolean;
  readonly preference: Preference;
  readonly seed: number;
  /** The round with which work on this slice began; left out in that round itself. */
  readonly first?: FirstRound;
  /** What the model said of the mask on which the user builds, for a model that takes it back; null without one. */
  readonly refined?: RefinedMask | null;
}

/** What is needed to draw its samples again. */
export interface FirstRound {
  readonly input: RoundInput;
  readonly crop: Crop;
}

/** The previous mask as the model gave it, with its doubts: engines `sam` and `bayes`. */
export interface RefinedMask {
  /** [L,L] in quarters of a logit, from -32 to 31.75: an unlimited history stays small. */
  readonly quarterLogits: Int8Array;
  /** Where it lies on the slice. */
  readonly crop: Crop;
  /** The user chose it among the candidates. */
  readonly chosen: boolean;
}

/** One proposal and the input that led to it. */
export interface Round {
  readonly input: RoundInput;
  /** The field of view in which the proposal was made. */
  readonly crop: Crop;
  readonly proposal: Proposal;
  /** What is learnt when the user accepts the recommended mask: it joins the preference with which the next slice starts. */
  readonly ifAccepted: Preference;
}

/** What the user says to a proposal. */
export type Answer =
  | { readonly kind: 'choose'; readonly candidate: number }
  | { readonly kind: 'prompt'; readonly prompt: Prompt }
  /** Set the field of view by hand. */
  | { readonly kind: 'crop'; readonly crop: Crop };
