import type { TensorForm } from '../image/image-tensor';
import type { PointPrompts } from '../prompts/prompt-points';
import type { PromptChannel } from '../prompts/prompts';

/** What a bundle says of its network, read from the manifest (see `inference/bundle`). */
export type NetworkDescription = MapNetworkDescription | PointNetworkDescription;

interface CommonDescription extends TensorForm {
  /** Side L of the model's masks, which cover the same field of view on a grid of their own. */
  readonly outputSize: number;
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
  /** Engine `reference`: means and variances are [M][1], one number for all dimensions. */
  readonly prior: Mixture;
}

/** A Gaussian mixture over the latent, diagonal. */
export interface Mixture {
  /** [M], sums to 1. */
  readonly weights: readonly number[];
  /** [M][D] */
  readonly means: readonly (readonly number[])[];
  /** [M][D] */
  readonly variances: readonly (readonly number[])[];
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
