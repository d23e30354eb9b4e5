import type {
  Conditioning,
  Features,
  Network,
  PointNetworkDescription,
} from '../../../extension/src/core/network/network';
import type { PointPrompts } from '../../../extension/src/core/prompts/prompt-points';

interface FakePrompted extends Conditioning {
  readonly prompts: PointPrompts;
}

const common = {
  inputSize: 64,
  outputSize: 16,
  inputChannels: 1,
  mean: [0],
  std: [1],
  pointOrder: 'yx',
} as const;

export const publishedDescription: PointNetworkDescription = {
  ...common,
  engine: 'reference',
  enlarge: 'nearest',
  logitThreshold: 0.5,
  latent: {
    dimension: 3,
    samples: 12,
    components: 2,
    prior: { weights: [0.75, 0.25], means: [[0], [1]], variances: [[1], [1]] },
  },
};

export const samDescription: PointNetworkDescription = {
  ...common,
  engine: 'sam',
  enlarge: 'bilinear',
  logitThreshold: 0,
  latent: {
    dimension: 0,
    samples: 3,
    components: 1,
    prior: { weights: [1], means: [[]], variances: [[]] },
  },
};

export interface FakePointNetwork extends Network {
  readonly description: PointNetworkDescription;
  /** What the prompt stage was told, and the distribution. */
  readonly told: { prompts: PointPrompts[]; responsibilities: number[][] };
}

/**
 * Masks are discs around the first point on the grid of the masks. Engine `reference`: of radius 4 + z0 pixels. Engine `sam`: of radius
 * 2, 4 and 6 pixels, of which the second is said to be the best; with a previous mask one pixel more.
 */
export function fakePointNetwork(description: PointNetworkDescription): FakePointNetwork {
  const size = description.outputSize;
  const ratio = size / description.inputSize;
  const told: FakePointNetwork['told'] = { prompts: [], responsibilities: [] };
  const features: Features = { release: () => undefined };
  const disc = ({ points }: PointPrompts, radius: number): number[] =>
    Array.from({ length: size * size }, (_, i) => {
      const [row, column] = [0, 1].map(axis => ((points[axis] ?? 0) + 0.5) * ratio - 0.5);
      return radius - Math.hypot((i % size) - (column ?? 0), Math.floor(i / size) - (row ?? 0));
    });
  return {
    description,
    told,
    encode: async () => features,
    prompt: async (_, prompts) => {
      if (prompts.kind !== 'points') throw new TypeError('points are expected');
      told.prompts.push(prompts);
      const prompted: FakePrompted = { prompts, release: () => undefined };
      return prompted;
    },
    decode: async (conditioning, latents) => {
      const { prompts } = conditioning as FakePrompted;
      const { dimension } = description.latent;
      if (dimension === 0) {
        const more = prompts.mask === null ? 0 : 1;
        return {
          logits: Float32Array.from([2, 4, 6].flatMap(radius => disc(prompts, radius + more))),
          quality: Float32Array.of(0.5, 0.9, 0.7),
        };
      }
      const radii = Array.from(
        { length: latents.length / dimension },
        (_, n) => 4 + (latents[n * dimension] ?? 0),
      );
      return { logits: Float32Array.from(radii.flatMap(radius => disc(prompts, radius))) };
    },
    ...(description.engine === 'reference'
      ? {
          distribution: async (_: Conditioning, responsibilities: Float32Array) => {
            told.responsibilities.push(Array.from(responsibilities));
            return { weights: [0.5, 0.5], means: [[0], [0]], variances: [[1], [0.25]] };
          },
        }
      : {}),
  };
}
