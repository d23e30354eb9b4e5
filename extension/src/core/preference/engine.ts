import type { NetworkDescription } from '../network';
import type { Random } from '../random';
import type { Samples } from '../samples';
import type { Preference } from './preference';

/** One thing that the user said, on the model's grid (P = S * S model pixels). */
export type Evidence =
  /** `chosen` is nearest to what the user wants, nearer than each of `others`; all are maps [P], 0..1. */
  | { readonly kind: 'choice'; readonly chosen: Float32Array; readonly others: readonly Float32Array[] }
  /** The user clicked at model pixel (u, v). */
  | { readonly kind: 'click'; readonly u: number; readonly v: number; readonly positive: boolean };

export interface Learning {
  readonly preference: Preference;
  /** Clicks that the engine derives from the answers, in model pixel coordinates (the published method's feedback click). */
  readonly clicks: readonly { readonly u: number; readonly v: number; readonly positive: boolean }[];
}

/** How samples are drawn from what was learnt, and how answers change it. All of it pure: undo keeps the old preference. */
export interface PreferenceEngine {
  /** [count, D] latents. */
  draw(preference: Preference, count: number, random: Random): Float32Array;
  /** `samples` are those of the round that was answered; several pieces of evidence count together. */
  learn(preference: Preference, samples: Samples, evidence: readonly Evidence[], random: Random): Learning;
}

/** What a bundle knows before any answer. */
export function priorPreference(description: NetworkDescription): Preference {
  return {
    engine: description.engine === 'reference' ? 'reference' : 'bayes',
    mixture: description.latent.prior,
    answers: 0,
  };
}
