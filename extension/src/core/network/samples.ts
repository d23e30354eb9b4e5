/**
 * N samples of one round on the grid of the model's masks: every sample is one latent and its mask.
 * P = L * L pixels of that grid.
 */
export interface Samples {
  readonly count: number;
  /** L. */
  readonly size: number;
  /** D. */
  readonly dimension: number;
  /** [N,D] */
  readonly latents: Float32Array;
  /** [N,P], 0..1. */
  readonly probabilities: Float32Array;
}

export function samplesFromLogits(
  logits: Float32Array,
  latents: Float32Array,
  size: number,
  dimension: number,
): Samples {
  const probabilities = new Float32Array(logits.length);
  for (let i = 0; i < logits.length; i++) probabilities[i] = sigmoid(logits[i] as number);
  return { count: logits.length / (size * size), size, dimension, latents, probabilities };
}

/** The probability map [P] of one sample; a view, not a copy. */
export function sampleMap(samples: Samples, index: number): Float32Array {
  const pixels = samples.size * samples.size;
  return samples.probabilities.subarray(index * pixels, (index + 1) * pixels);
}

/** Mean probability [P] over the samples in `members` (all of them if it is left out). */
export function meanMap(samples: Samples, members?: readonly number[]): Float32Array {
  const pixels = samples.size * samples.size;
  const chosen = members ?? Array.from({ length: samples.count }, (_, n) => n);
  const mean = new Float32Array(pixels);
  for (const n of chosen) {
    const map = sampleMap(samples, n);
    for (let i = 0; i < pixels; i++) mean[i] = (mean[i] as number) + (map[i] as number);
  }
  const share = 1 / Math.max(1, chosen.length);
  for (let i = 0; i < pixels; i++) mean[i] = (mean[i] as number) * share;
  return mean;
}

/** Mean [P] of maps [N,P] on a grid of side `size`. */
export function meanOfMaps(maps: Float32Array, size: number): Float32Array {
  const pixels = size * size;
  const mean = new Float32Array(pixels);
  for (let i = 0; i < maps.length; i++) mean[i % pixels] = (mean[i % pixels] as number) + (maps[i] as number);
  const share = pixels / Math.max(pixels, maps.length);
  for (let i = 0; i < pixels; i++) mean[i] = (mean[i] as number) * share;
  return mean;
}

/** Beyond this a probability differs from 0 or 1 by less than 1e-6. */
const SATURATED = 14;
/** Intervals of the table to one unit of the logit: linear interpolation is then right to 5e-7. */
const RESOLUTION = 256;

/** An exponential for every pixel of every sample is the dearest part of a round outside the network. */
const sigmoidTable = Float64Array.from({ length: 2 * SATURATED * RESOLUTION + 2 }, (_, i) => {
  return 1 / (1 + Math.exp(SATURATED - i / RESOLUTION));
});

/** 1 / (1 + exp(-logit)) to 1e-6; NaN for NaN. */
export function sigmoid(logit: number): number {
  if (logit <= -SATURATED) return 0;
  if (logit >= SATURATED) return 1;
  const position = (logit + SATURATED) * RESOLUTION;
  const index = position | 0;
  const below = sigmoidTable[index] as number;
  return below + ((sigmoidTable[index + 1] as number) - below) * (position - index);
}
