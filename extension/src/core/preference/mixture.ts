import type { Random } from '../random';
import type { Mixture } from '../network/network';

/** D of a mixture; 0 where it has no components. */
export function dimensionOf(mixture: Mixture): number {
  return mixture.means[0]?.length ?? 0;
}

/**
 * [count, D] draws. The components are taken systematically (evenly spaced quantiles with one random offset), so that a small batch
 * holds each component in its proportion.
 */
export function drawMixture(mixture: Mixture, count: number, random: Random): Float32Array {
  const dimension = dimensionOf(mixture);
  const draws = new Float32Array(count * dimension);
  const offset = random.uniform();
  let component = 0;
  let cumulative = mixture.weights[0] ?? 1;
  for (let n = 0; n < count; n++) {
    const quantile = (n + offset) / count;
    while (cumulative < quantile && component < mixture.weights.length - 1) {
      component++;
      cumulative += mixture.weights[component] ?? 0;
    }
    const mean = mixture.means[component] ?? [];
    const variance = mixture.variances[component] ?? [];
    for (let d = 0; d < dimension; d++) {
      draws[n * dimension + d] = (mean[d] ?? 0) + Math.sqrt(variance[d] ?? 0) * random.normal();
    }
  }
  return draws;
}

/** log p(z) of one latent [D] under a diagonal mixture. */
export function logDensity(mixture: Mixture, latent: ArrayLike<number>): number {
  const terms = mixture.weights.map((weight, m) => Math.log(weight) + logComponent(mixture, m, latent));
  return logSumExp(terms);
}

/** Mean of the whole mixture, [D]. */
export function meanOf(mixture: Mixture): number[] {
  return Array.from({ length: dimensionOf(mixture) }, (_, d) =>
    mixture.weights.reduce((sum, weight, m) => sum + weight * (mixture.means[m]?.[d] ?? 0), 0),
  );
}

/** Variance of the whole mixture, [D]: within the components and between them. */
export function varianceOf(mixture: Mixture): number[] {
  const mean = meanOf(mixture);
  return mean.map((centre, d) =>
    mixture.weights.reduce((sum, weight, m) => {
      const distance = (mixture.means[m]?.[d] ?? 0) - centre;
      return sum + weight * ((mixture.variances[m]?.[d] ?? 0) + distance * distance);
    }, 0),
  );
}

/** log N(z; mu_m, diag sigma²_m), without the component's weight. */
export function logComponent(mixture: Mixture, component: number, latent: ArrayLike<number>): number {
  const mean = mixture.means[component] ?? [];
  const variance = mixture.variances[component] ?? [];
  let sum = 0;
  for (let d = 0; d < mean.length; d++) {
    const spread = variance[d] ?? 1;
    const distance = (latent[d] ?? 0) - (mean[d] ?? 0);
    sum -= 0.5 * (Math.log(2 * Math.PI * spread) + (distance * distance) / spread);
  }
  return sum;
}

export function logSumExp(terms: readonly number[]): number {
  const largest = Math.max(...terms);
  if (!Number.isFinite(largest)) return largest;
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
}
