import type { NetworkDescription } from '../network/network';
import type { Random } from '../random';
import type { Samples } from '../network/samples';
import type { Preference } from './preference';

/** One thing that the user said, on the grid of the model's masks (P = L * L pixels). */
export type Evidence =
  /** `chosen` is nearest to what the user wants, nearer than each of `others`; all are maps [P], 0..1. */
  | {
      readonly kind: 'choice';
      readonly chosen: Float32Array;
      readonly others: readonly Float32Array[];
      /** The samples whose mean the chosen mask is, where the proposal says so. */
      readonly members?: readonly number[] | undefined;
    }
  /** The user marked these pixels (u, v) of that grid: one with a click, several with a line. */
  | {
      readonly kind: 'marks';
      readonly at: readonly { readonly u: number; readonly v: number }[];
      readonly positive: boolean;
    };

export interface Learning {
  readonly preference: Preference;
  /** Clicks that the engine derives from the answers, in pixels of the masks' grid (the published method's feedback click). */
  readonly clicks: readonly { readonly u: number; readonly v: number; readonly positive: boolean }[];
}

/** How samples are drawn from what was learnt, and how answers change it. All of it pure: undo keeps the old preference. */
export interface PreferenceEngine {
  /** [count, D] latents. */
  draw(preference: Preference, count: number, random: Random): Float32Array;
  /** `samples` are those of the round that was answered; several pieces of evidence count together. */
  learn(preference: Preference, samples: Samples, evidence: readonly Evidence[], random: Random): Learning;
  /**
   * What an accepted mask teaches for further slices. `judged`: samples for the first prompt alone, which are what a proposal on a further
   * slice starts with; `accepted` [P] on their grid, 0..1. An engine without it learns from the acceptance as from a choice.
   */
  accept?(preference: Preference, judged: readonly Samples[], accepted: Float32Array): Preference;
}

/** What a bundle knows before any answer. */
export function priorPreference(description: NetworkDescription): Preference {
  return {
    engine: description.engine,
    mixture: description.latent.prior,
    answers: 0,
  };
}
