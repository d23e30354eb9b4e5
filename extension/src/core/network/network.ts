import type { Mixture } from '../preference/preference';
import type { PromptChannel } from '../prompts/prompts';

/** What a bundle says of its network, read from the manifest (see `inference/bundle`). */
export type NetworkDescription = MapNetworkDescription | PointNetworkDescription;

interface CommonDescription {
  /** Side S of the model's square input in model pixels. */
  readonly inputSize: number;
  /** Side L of the model's masks, which cover the same field of view on a grid of their own. */
  readonly outputSize: number;
  readonly inputChannels: 1 | 3;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly latent: LatentDescription;
}

export interface LatentDescription {
  /** D; 0 where the masks depend on no latent (engine `sam`). */
  readonly dimension: number;
  /** N, samples a round (48 in the paper). */
  readonly samples: number;
  /** M, components of the mixture fitted to answers. */
  readonly components: number;
  /** Engine `bayes`: what an answer says of the samples is raised to 1 / this; 1 without it. Large: answers teach the preference nothing. */
  readonly adaptationTemperature?: number;
  readonly prior: {
    readonly weights: readonly number[];
    /** [M][D]; engine `reference`: [M][1], one number for all dimensions. */
    readonly means: readonly (readonly number[])[];
    /** Like the means. */
    readonly variances: readonly (readonly number[])[];
  };
}

/** A network that looks at a crop around the structure and is told the prompts as maps. */
export interface MapNetworkDescription extends CommonDescription {
  readonly engine: 'bayes';
  readonly promptChannels: readonly PromptChannel[];
  /** Standard deviation of a point's Gaussian in model pixels. */
  readonly pointSigma: number;
  /** Share of the crop's side that a structure should fill. */
  readonly structureFraction: number;
  /** Whether every other sample is drawn in the mirror: the network sees left and right alike. */
  readonly mirrored: boolean;
  /** Threshold on the samples' mean probability for the recommended mask. */
  readonly threshold: number;
}

/** A network built like SAM: it looks at the whole slice and is told the prompts as points. */
export interface PointNetworkDescription extends CommonDescription {
  readonly engine: 'reference' | 'sam';
  /** Order of a point's two coordinates: SAM has the column first, the published SPA program the row. */
  readonly pointOrder: 'xy' | 'yx';
  /** Threshold on logits for the recommended mask. */
  readonly logitThreshold: number;
  /** How a mask of side L becomes one on the slice. */
  readonly enlarge: 'nearest' | 'bilinear';
}

/** What the prompt stage is told, in the form that the bundle takes. */
export type PromptTensors =
  /** [promptChannels, S, S] */
  { readonly kind: 'maps'; readonly maps: Float32Array } | PointPrompts;

export interface PointPrompts {
  readonly kind: 'points';
  /** [P, 2] in model pixels of the input (integer = centre of a pixel), in the bundle's order; P >= 1. */
  readonly points: Float32Array;
  /** [P]: 1 inside, 0 outside, 2 and 3 the upper left and the lower right corner of a box, -1 no point (as SAM has them). */
  readonly labels: Float32Array;
  /** [L, L] logits of the mask on which the user builds; null without one, or where the network takes none. */
  readonly mask: Float32Array | null;
}

/** What the head says. */
export interface Decoded {
  /** [N, L, L] */
  readonly logits: Float32Array;
  /** [N], the model's own guess of each mask's intersection over union with what is meant; engine `sam` only. */
  readonly quality?: Float32Array;
}

/** Opaque: tensors that stay where the runtime keeps them. `release` frees them; using them afterwards is a fault. */
export interface Features {
  release(): void;
}

/** Opaque: the prompt stage's output for one crop and one set of prompts. Not to be used after its features were released. */
export interface Conditioning {
  release(): void;
}

/**
 * The three stages of a bundle by cost. Implemented over an ONNX runtime in `inference/`, whether of the browser or of Node, and by
 * small fakes in tests; `core/` knows only this.
 */
export interface Network {
  readonly description: NetworkDescription;
  /** `image`: [channels, S, S] normalised. Run once a crop. */
  encode(image: Float32Array): Promise<Features>;
  /** Run when prompts or the previous mask change. */
  prompt(features: Features, prompts: PromptTensors): Promise<Conditioning>;
  /** `latents`: [N, D]; a network without a latent gives as many masks as it has. */
  decode(conditioning: Conditioning, latents: Float32Array): Promise<Decoded>;
  /**
   * Engine `reference` only: the preference distribution of this round, from the prompts' embeddings (means, variances) and the
   * responsibilities [M] of the last feedback through the weight network (weights).
   */
  distribution?(conditioning: Conditioning, responsibilities: Float32Array): Promise<Mixture>;
}
