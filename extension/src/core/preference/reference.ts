/**
 * The published method (Zhu et al., ICCV 2025, arXiv 2411.15513), its formulas alone. Components have a scalar mean and variance:
 * rows of length 1 in `Mixture`. Means and variances come from the prompts' embeddings and the weights through a network, so they
 * reach the loop by `Network.distribution`; between rounds the preference's weights are the responsibilities.
 */
import { meanMap, sampleMap, type Samples } from '../samples';
import type { Learning, PreferenceEngine } from './engine';
import { softOverlap } from './likeness';
import { logSumExp } from './mixture';
import type { Mixture } from './preference';

/** The feedback click is one of this many pixels where the chosen and the other masks differ most. */
export const FEEDBACK_PIXELS = 20;

export function referenceEngine(dimension: number): PreferenceEngine {
  return {
    draw: (preference, count, random) => {
      const noise = new Float32Array(count * dimension);
      for (let i = 0; i < noise.length; i++) noise[i] = random.normal();
      return mixLatents(preference.mixture, noise);
    },
    learn: (preference, samples, evidence, random) => {
      let { mixture } = preference;
      const clicks: Learning['clicks'][number][] = [];
      for (const piece of evidence) {
        if (piece.kind === 'click') continue;
        const { selected, excluded } = splitSamples(samples, piece.chosen, piece.others);
        const feedback = feedbackPixels(selected, excluded);
        const pixel = feedback[random.below(feedback.length)] ?? 0;
        clicks.push({
          u: pixel % samples.size,
          v: Math.floor(pixel / samples.size),
          positive: (selected[pixel] ?? 0) > (excluded[pixel] ?? 0),
        });
        mixture = { ...mixture, weights: responsibilities(mixture, selected) };
      }
      return {
        preference: { ...preference, mixture, answers: preference.answers + evidence.length },
        clicks,
      };
    },
  };
}

/** z = sum over m of pi_m (mu_m + sigma_m eps): one draw shared by all components. `noise` and the result are [N,D] flat. */
export function mixLatents(mixture: Mixture, noise: Float32Array): Float32Array {
  let mean = 0;
  let deviation = 0;
  mixture.weights.forEach((weight, m) => {
    mean += weight * (mixture.means[m]?.[0] ?? 0);
    deviation += weight * Math.sqrt(mixture.variances[m]?.[0] ?? 0);
  });
  return noise.map(epsilon => mean + deviation * epsilon);
}

/** r_m = mean over pixels q of pi_m N(q; mu_m, sigma²_m) / sum over components; `pixels` is the chosen cluster's mean. */
export function responsibilities(mixture: Mixture, pixels: Float32Array): number[] {
  const constants = mixture.weights.map(
    (weight, m) => Math.log(weight) - 0.5 * Math.log(2 * Math.PI * (mixture.variances[m]?.[0] ?? 1)),
  );
  const sums = mixture.weights.map(() => 0);
  for (const q of pixels) {
    const terms = constants.map(
      (constant, m) =>
        constant - (q - (mixture.means[m]?.[0] ?? 0)) ** 2 / (2 * (mixture.variances[m]?.[0] ?? 1)),
    );
    const total = logSumExp(terms);
    terms.forEach((term, m) => (sums[m] = (sums[m] ?? 0) + Math.exp(term - total)));
  }
  return sums.map(sum => sum / pixels.length);
}

/** Indices of the pixels of the largest absolute difference, largest first; equal ones in row-major order. */
export function feedbackPixels(
  selected: Float32Array,
  excluded: Float32Array,
  count = FEEDBACK_PIXELS,
): number[] {
  const difference = selected.map((value, i) => Math.abs(value - (excluded[i] ?? 0)));
  return Array.from(difference.keys())
    .sort((a, b) => (difference[b] ?? 0) - (difference[a] ?? 0) || a - b)
    .slice(0, count);
}

/** Means of the samples nearest to the chosen candidate, and of all others. */
function splitSamples(samples: Samples, chosen: Float32Array, others: readonly Float32Array[]) {
  const members: number[] = [];
  const rest: number[] = [];
  for (let n = 0; n < samples.count; n++) {
    const map = sampleMap(samples, n);
    const likeness = softOverlap(map, chosen);
    const nearest = others.every(other => softOverlap(map, other) <= likeness);
    (nearest ? members : rest).push(n);
  }
  return {
    selected: members.length > 0 ? meanMap(samples, members) : chosen,
    excluded: rest.length > 0 ? meanMap(samples, rest) : meanMap(samples),
  };
}
