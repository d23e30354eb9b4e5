import type { Random } from '../random';
import { logComponent, logSumExp } from './mixture';
import type { Mixture } from '../network/network';

interface WeightedLatents {
  /** [N,D] */
  readonly latents: Float32Array;
  /** [N], sum to 1. */
  readonly weights: readonly number[];
  readonly dimension: number;
}

interface FitOptions {
  /** M at most: components that lose their samples are dropped. */
  readonly components: number;
  /** [D], > 0: no component becomes narrower than this. */
  readonly varianceFloor: readonly number[];
  readonly iterations: number;
}

/** A component lighter than this explains nothing. */
const LIGHTEST = 1e-3;

/** Weighted diagonal Gaussian mixture by expectation maximisation, seeded like k-means++. Weights sum to 1. */
export function fitMixture(data: WeightedLatents, options: FitOptions, random: Random): Mixture {
  let mixture = initialMixture(data, options, random);
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    mixture = maximise(data, responsibilities(data, mixture), options.varianceFloor);
  }
  return mixture;
}

function row(data: WeightedLatents, n: number): Float32Array {
  return data.latents.subarray(n * data.dimension, (n + 1) * data.dimension);
}

function initialMixture(data: WeightedLatents, options: FitOptions, random: Random): Mixture {
  const { dimension, weights } = data;
  const overall = maximise(data, [weights.map(() => 1)], options.varianceFloor);
  const scale = overall.variances[0] ?? options.varianceFloor;
  const centres: number[][] = [];
  const nearest = weights.map(() => Infinity);
  while (centres.length < options.components) {
    // The first centre follows the weights, each further one weights times squared distance to the centres so far.
    const chance = weights.map((w, n) => w * (centres.length === 0 ? 1 : (nearest[n] ?? 0)));
    const picked = pick(chance, random);
    if (picked === null) break;
    const centre = Array.from(row(data, picked));
    centres.push(centre);
    for (let n = 0; n < weights.length; n++) {
      const latent = row(data, n);
      let squared = 0;
      for (let d = 0; d < dimension; d++)
        squared += ((latent[d] ?? 0) - (centre[d] ?? 0)) ** 2 / (scale[d] ?? 1);
      nearest[n] = Math.min(nearest[n] ?? Infinity, squared);
    }
  }
  return {
    weights: centres.map(() => 1 / centres.length),
    means: centres,
    variances: centres.map(() => [...scale]),
  };
}

/** Index drawn in proportion to `chance`; null where all are 0. */
function pick(chance: readonly number[], random: Random): number | null {
  const total = chance.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return null;
  let left = random.uniform() * total;
  for (let n = 0; n < chance.length; n++) {
    left -= chance[n] ?? 0;
    if (left < 0) return n;
  }
  return chance.length - 1;
}

/** [M][N] */
function responsibilities(data: WeightedLatents, mixture: Mixture): number[][] {
  const result = mixture.weights.map(() => new Array<number>(data.weights.length).fill(0));
  for (let n = 0; n < data.weights.length; n++) {
    const terms = mixture.weights.map(
      (weight, m) => Math.log(weight) + logComponent(mixture, m, row(data, n)),
    );
    const total = logSumExp(terms);
    result.forEach((shares, m) => (shares[n] = Math.exp((terms[m] ?? -Infinity) - total)));
  }
  return result;
}

function maximise(
  data: WeightedLatents,
  shares: readonly (readonly number[])[],
  floor: readonly number[],
): Mixture {
  const weights: number[] = [];
  const means: number[][] = [];
  const variances: number[][] = [];
  for (const share of shares) {
    const mass = data.weights.map((weight, n) => weight * (share[n] ?? 0));
    const total = mass.reduce((sum, value) => sum + value, 0);
    if (total < LIGHTEST) continue;
    const mean = new Array<number>(data.dimension).fill(0);
    const square = new Array<number>(data.dimension).fill(0);
    mass.forEach((m, n) => row(data, n).forEach((z, d) => (mean[d] = (mean[d] ?? 0) + (m * z) / total)));
    mass.forEach((m, n) =>
      row(data, n).forEach(
        (z, d) => (square[d] = (square[d] ?? 0) + (m * (z - (mean[d] ?? 0)) ** 2) / total),
      ),
    );
    weights.push(total);
    means.push(mean);
    variances.push(square.map((value, d) => Math.max(value, floor[d] ?? 0)));
  }
  const sum = weights.reduce((a, b) => a + b, 0);
  return { weights: weights.map(weight => weight / sum), means, variances };
}
