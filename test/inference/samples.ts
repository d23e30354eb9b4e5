import type { Round } from '../../extension/src/core/proposal/proposal';
import type { RoundInput } from '../../extension/src/core/sampling/round-input';
import type { Slice } from '../../extension/src/core/image/slice';
import type { LoadedBundle } from '../../extension/src/inference/engine';

/** Plain data for the tests of the boundary; what the values mean does not matter there. */

export function sampleSlice(key = 'slice-1'): Slice {
  return {
    key,
    width: 4,
    height: 2,
    channels: 1,
    values: new Int16Array([0, 1, 2, 3, 4, 5, 6, 7]),
    spacing: { x: 1, y: 1, unit: 'mm' },
    window: { lower: 0, upper: 7 },
    inverted: false,
    modality: 'CT',
  };
}

export const sampleInput: RoundInput = {
  prompts: [{ kind: 'point', at: { x: 1, y: 1 }, positive: true }],
  previous: null,
  crop: null,
  preference: {
    engine: 'bayes',
    mixture: { weights: [1], means: [[0, 0]], variances: [[1, 1]] },
    answers: 0,
  },
  seed: 1,
};

const statistics = { unit: 'mm', area: 1, longestDiameter: 1, perpendicularDiameter: 1 } as const;

export const sampleRound: Round = {
  input: sampleInput,
  crop: { centre: { x: 1, y: 1 }, side: 4 },
  proposal: {
    recommended: {
      mask: { width: 4, height: 2, runs: new Uint32Array([5, 1]), area: 1 },
      statistics,
      certainShare: 1,
    },
    candidates: [],
    tendency: null,
  },
  ifAccepted: sampleInput.preference,
};

export const sampleBundle: LoadedBundle = {
  fingerprint: 'a1-b2',
  name: 'tiny',
  version: '1.0.0',
  license: 'Apache-2.0',
  modalities: ['CT'],
  backend: 'wasm',
  threads: 1,
  passedOver: null,
  network: {
    engine: 'bayes',
    inputSize: 32,
    outputSize: 32,
    inputChannels: 1,
    mean: [0],
    std: [1],
    promptChannels: ['positive'],
    pointSigma: 2,
    latent: {
      dimension: 2,
      samples: 8,
      components: 4,
      prior: { weights: [1], means: [[0, 0]], variances: [[1, 1]] },
    },
    structureFraction: 0.5,
    mirrored: false,
    threshold: 0.5,
  },
};
