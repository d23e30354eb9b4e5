import type {
  Conditioning,
  Features,
  MapNetworkDescription,
  Network,
} from '../../../extension/src/core/network/network';
import type { Preference } from '../../../extension/src/core/preference/preference';
import { priorPreference } from '../../../extension/src/core/preference/engine';
import type { Slice } from '../../../extension/src/core/image/slice';

interface FakeFeatures extends Features {
  readonly image: Float32Array;
}

interface FakeConditioning extends Conditioning {
  readonly image: Float32Array;
  readonly clicked: number;
}

/** Counts what was run and what is still held. */
export interface FakeNetwork extends Network {
  readonly runs: { encode: number; prompt: number; decode: number; samples: number };
  readonly held: { features: number; conditionings: number };
}

export const fakeDescription: MapNetworkDescription = {
  engine: 'bayes',
  inputSize: 32,
  outputSize: 32,
  inputChannels: 1,
  mean: [0],
  std: [1],
  promptChannels: ['positive', 'negative', 'box', 'previous'],
  pointSigma: 2.5,
  latent: {
    dimension: 2,
    samples: 48,
    components: 4,
    prior: { weights: [1], means: [[0, 0]], variances: [[1, 1]] },
  },
  structureFraction: 0.4,
  mirrored: false,
  threshold: 0.5,
};

/**
 * A network that segments by intensity: sample z draws everything brighter than a share of the brightest clicked pixel's grey,
 * which z[0] lowers (generous) or raises (tight); z[1] is idle.
 */
export function fakeNetwork(description: MapNetworkDescription = fakeDescription): FakeNetwork {
  const { inputSize: size } = description;
  const plane = size * size;
  const runs = { encode: 0, prompt: 0, decode: 0, samples: 0 };
  const held = { features: 0, conditionings: 0 };
  return {
    description,
    runs,
    held,
    encode: async image => {
      runs.encode++;
      held.features++;
      const features: FakeFeatures = { image: image.slice(), release: () => void held.features-- };
      return features;
    },
    prompt: async (features, prompts) => {
      if (prompts.kind !== 'maps') throw new TypeError('maps are expected');
      const { maps } = prompts;
      runs.prompt++;
      held.conditionings++;
      const { image } = features as FakeFeatures;
      let best = -1;
      for (let i = 0; i < plane; i++) {
        const said = Math.max(maps[i] ?? 0, 0.9 * (maps[2 * plane + i] ?? 0));
        if (said > (best < 0 ? 0.5 : 0.85) && (best < 0 || (image[i] ?? 0) > (image[best] ?? 0))) best = i;
      }
      const clicked = best < 0 ? 1 : (image[best] ?? 1);
      const conditioning: FakeConditioning = { image, clicked, release: () => void held.conditionings-- };
      return conditioning;
    },
    decode: async (conditioning, latents) => {
      const { image, clicked } = conditioning as FakeConditioning;
      const { dimension } = description.latent;
      const count = latents.length / dimension;
      runs.decode++;
      runs.samples += count;
      const logits = new Float32Array(count * plane);
      for (let n = 0; n < count; n++) {
        const level = clicked * Math.min(0.95, Math.max(0.05, 0.5 - 0.2 * (latents[n * dimension] ?? 0)));
        for (let i = 0; i < plane; i++) {
          logits[n * plane + i] = clicked < 0.02 ? -10 : 40 * ((image[i] ?? 0) - level);
        }
      }
      return { logits };
    },
  };
}

export const fakePrior: Preference = priorPreference(fakeDescription);

/** A bright blob that fades out over `radius` pixels around (x, y): how large it is depends on who looks. */
export function blobSlice(
  blob: { x: number; y: number; radius: number },
  options: Partial<Slice> & { width?: number; height?: number } = {},
): Slice {
  const width = options.width ?? 200;
  const height = options.height ?? 160;
  const spacing = options.spacing ?? { x: 1, y: 1, unit: 'mm' as const };
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const distance = Math.hypot((x - blob.x) * spacing.x, (y - blob.y) * spacing.y);
      values[y * width + x] = Math.max(0, 1 - distance / blob.radius) * 1000;
    }
  }
  return {
    key: `blob ${JSON.stringify(blob)}`,
    width,
    height,
    channels: 1,
    values,
    spacing,
    window: { lower: 0, upper: 1000 },
    inverted: false,
    modality: 'CT',
    ...options,
  };
}

/** Of a reader who draws everything 4 mm farther out than the model can. */
export const drawnWider: Preference = {
  ...fakePrior,
  style: {
    answers: 1,
    terms: [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    scatter: [0, 0],
    margins: { mm: { cases: 1000, sum: 4000, squares: 16_000 } },
  },
};
