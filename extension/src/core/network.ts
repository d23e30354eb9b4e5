import type { Mixture } from './preference/preference';
import type { PromptChannel } from './prompts';

/** What a bundle says of its network, read from the manifest (see `inference/bundle`). */
export interface NetworkDescription {
  readonly engine: 'bayes' | 'reference' | 'sam';
  /** Side S of the model's square input in model pixels. */
  readonly inputSize: number;
  readonly inputChannels: 1 | 3;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly promptChannels: readonly PromptChannel[];
  /** Standard deviation of a point's Gaussian in model pixels. */
  readonly pointSigma: number;
  readonly latent: {
    /** D. */
    readonly dimension: number;
    /** N, samples a round (48 in the paper). */
    readonly samples: number;
    /** M, components of the mixture fitted to answers. */
    readonly components: number;
    readonly prior: {
      readonly weights: readonly number[];
      /** [M][D] */
      readonly means: readonly (readonly number[])[];
      /** [M][D] */
      readonly variances: readonly (readonly number[])[];
    };
  };
  /** Share of the crop's side that a structure should fill. */
  readonly structureFraction: number;
  /** Threshold on the samples' mean probability for the recommended mask. */
  readonly threshold: number;
}

/** Opaque: tensors that stay where the runtime keeps them. `release` frees them; using them afterwards is a fault. */
export interface Features {
  release(): void;
}

/** Opaque: the prompt stage's output for one crop and one set of prompts. */
export interface Conditioning {
  release(): void;
}

/**
 * The three stages of a bundle by cost. Implemented over onnxruntime in `inference/` (browser) and `tools/evaluate` (Node),
 * and by small fakes in tests; `core/` knows only this.
 */
export interface Network {
  readonly description: NetworkDescription;
  /** `image`: [channels, S, S] normalised. Run once a crop. */
  encode(image: Float32Array): Promise<Features>;
  /** `maps`: [promptChannels, S, S]. Run when prompts or the previous mask change. */
  prompt(features: Features, maps: Float32Array): Promise<Conditioning>;
  /** `latents`: [N, D]. Returns logits [N, S, S]. */
  decode(conditioning: Conditioning, latents: Float32Array): Promise<Float32Array>;
  /**
   * Engine `reference` only: the preference distribution of this round, from the prompts' embeddings (means, variances) and the
   * responsibilities of the last feedback through the weight network (weights).
   */
  distribution?(conditioning: Conditioning, responsibilities: Float32Array): Promise<Mixture>;
}
