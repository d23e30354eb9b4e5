import { seededRandom, type Random } from '../../extension/src/core/random';
import { pixelToWorld, type Grid } from './grid';

// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { ceil, exp, floor, max, min, round, sqrt } = Math;

/** Standard deviation of the noise in the middle of the body, HU. */
const NOISE_HU = 23;
/** Point spread of detector and reconstruction kernel, mm (standard deviation). */
const BLUR_MM = 0.62;

/** Turns ideal HU into what a scanner would have reconstructed: blurred, noisy, faintly streaked. In place. */
export function scan(hu: Float32Array, grid: Grid, seed: number, slice: number): void {
  blur(hu, grid.size, BLUR_MM / grid.pixelSpacing);
  addNoise(hu, grid, seededRandom(seed, 1000 + slice));
}

/** Stored pixel values: HU + 1024, 12 bits. */
export function toStored(hu: Float32Array): Uint16Array<ArrayBuffer> {
  const stored = new Uint16Array(hu.length);
  for (let i = 0; i < hu.length; i++) stored[i] = min(4095, max(0, round((hu[i] ?? 0) + 1024)));
  return stored;
}

/**
 * Noise of filtered back-projection: band-limited (the ramp takes out what is slow, the kernel what is fast), stronger
 * where rays are long, with streaks across the broad side of the body.
 */
function addNoise(hu: Float32Array, grid: Grid, random: Random): void {
  const { size } = grid;
  const fine = whiteNoise(size * size, random);
  blur(fine, size, 0.72);
  const slow = fine.slice();
  blur(slow, size, 1.9);
  const streaks = whiteNoise(size * size, random);
  smearRows(streaks, size, 0.93);
  for (let row = 0, i = 0; row < size; row++) {
    const y = pixelToWorld(grid, row);
    for (let column = 0; column < size; column++, i++) {
      const x = pixelToWorld(grid, column);
      const depth = exp(-((x / 150) ** 2) - (y / 100) ** 2);
      const band = (fine[i] ?? 0) - 0.75 * (slow[i] ?? 0);
      hu[i] =
        (hu[i] ?? 0) +
        NOISE_HU * (0.4 + 0.6 * depth) * 2.75 * band +
        3.6 * depth * ((streaks[i] ?? 0) + (streaks[i + size] ?? 0));
    }
  }
}

/** Independent values of mean 0 and variance 1: sums of four bytes, which is near enough to normal and quick. */
function whiteNoise(count: number, random: Random): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const bits = floor(random.uniform() * 4294967296);
    const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
    values[i] = (sum - 510) / 147.8;
  }
  return values;
}

/** Recursive smoothing along rows in both directions; keeps the variance near 1. */
function smearRows(values: Float32Array, size: number, keep: number): void {
  const gain = sqrt(1 - keep * keep);
  for (let row = 0; row < size; row++) {
    let state = 0;
    for (let column = 0; column < size; column++) {
      const i = row * size + column;
      state = state * keep + (values[i] ?? 0) * gain;
      values[i] = state;
    }
  }
}

/** Separable Gaussian, standard deviation in pixels; borders repeat. In place. */
function blur(values: Float32Array, size: number, sigma: number): void {
  const radius = max(1, ceil(2.5 * sigma));
  const weights = new Float32Array(2 * radius + 1);
  let total = 0;
  for (let k = -radius; k <= radius; k++) total += weights[k + radius] = exp(-(k * k) / (2 * sigma * sigma));
  for (let k = 0; k < weights.length; k++) weights[k] = (weights[k] ?? 0) / total;
  const line = new Float32Array(size + 2 * radius);
  for (let row = 0; row < size; row++) {
    const start = row * size;
    for (let i = 0; i < line.length; i++) line[i] = values[start + min(size - 1, max(0, i - radius))] ?? 0;
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += (weights[k] ?? 0) * (line[i + k] ?? 0);
      values[start + i] = sum;
    }
  }
  // Down the columns row by row, so that memory is read in order.
  const source = values.slice();
  const rowAt = (row: number): Float32Array => {
    const start = min(size - 1, max(0, row)) * size;
    return source.subarray(start, start + size);
  };
  const middle = weights[radius] ?? 0;
  for (let row = 0; row < size; row++) {
    const target = values.subarray(row * size, (row + 1) * size);
    for (let i = 0; i < size; i++) target[i] = (target[i] ?? 0) * middle;
    for (let k = 1; k <= radius; k++) {
      const weight = weights[radius + k] ?? 0;
      const above = rowAt(row - k);
      const below = rowAt(row + k);
      for (let i = 0; i < size; i++)
        target[i] = (target[i] ?? 0) + weight * ((above[i] ?? 0) + (below[i] ?? 0));
    }
  }
}
