import type { Candidate } from '../candidates/candidate';
import type { Crop } from '../image/crop';
import type { Mask } from '../image/mask';
import type { MaskStatistics } from '../image/statistics';
import type { Preference } from '../preference/preference';
import type { Prompt } from '../prompts/prompts';
import type { RoundInput } from '../sampling/round-input';

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
