import type { Samples } from '../network/samples';
import type { Preference } from '../preference/preference';

/** The samples of one round. */
export interface Drawn {
  readonly samples: Samples;
  /** From which they were drawn: the input's, but for engine `reference`, where the distribution follows from the prompts. */
  readonly preference: Preference;
  /** Samples of the bundle's prior on the same crop, for comparison; of a first round the samples themselves. */
  readonly prior: Samples;
  /** [N,P] as the head gave them: engines `reference` and `sam` recommend by them. */
  readonly logits: Float32Array;
  /** [N], engine `sam`. */
  readonly quality: Float32Array | null;
}
