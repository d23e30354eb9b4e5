/**
 * The published method (Zhu et al., ICCV 2025, arXiv 2411.15513), its formulas alone. Components have a scalar mean and variance:
 * rows of length 1 in `Mixture`. Means and variances come from the prompts' embeddings and the weights through a network, so they
 * reach the loop by `Network.distribution`; between rounds the preference's weights are the responsibilities.
 */
import type { Mixture, PointNetworkDescription } from '../network/network';
import { meanMap, sampleMap, type Samples } from '../network/samples';
import type { Random } from '../random';
import type { Evidence, Learning, PreferenceEngine } from './engine';
import { softOverlap } from './likeness';
import { logSumExp } from './mixture';

/** The feedback click is one of this many pixels where the chosen and the other masks differ most. */
const FEEDBACK_PIXELS = 20;

export function referenceEngine(
  description: Pick<PointNetworkDescription, 'latent' | 'inputSize' | 'outputSize'>,
): PreferenceEngine {
  const { dimension } = description.latent;
  const perPixel = Math.max(1, Math.round(description.inputSize / description.outputSize));
  return {
    draw: (preference, count, random) => {
      const noise = new Float32Array(count * dimension);
      for (let i = 0; i < noise.length; i++) noise[i] = random.normal();
      return mixLatents(preference.mixture, noise);
    },
    learn: ({ responsibilities: before, ...preference }, samples, evidence, random) => {
      // Clicks alone say nothing of the components: they go into the next weights as they went into these.
      let weights = before ?? preference.mixture.weights;
      const clicks: Learning['clicks'][number][] = [];
      for (const piece of evidence) {
        if (piece.kind === 'marks') continue;
        const { selected, excluded } = splitSamples(samples, piece);
        const click = feedbackClick(selected, excluded, samples.size, perPixel, random);
        if (click !== null) clicks.push(click);
        weights = responsibilities(preference.mixture, selected);
      }
      const mixture = { ...preference.mixture, weights };
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

/**
 * One of the `FEEDBACK_PIXELS` input pixels of the largest difference. A pixel of the masks' grid is `perPixel` input pixels wide, all of
 * which have its value (the published program enlarges by nearest neighbour). Null where the two means do not differ.
 */
function feedbackClick(
  selected: Float32Array,
  excluded: Float32Array,
  size: number,
  perPixel: number,
  random: Random,
): Learning['clicks'][number] | null {
  const most = feedbackPixels(selected, excluded, Math.ceil(FEEDBACK_PIXELS / perPixel ** 2));
  const drawn = random.below(FEEDBACK_PIXELS);
  const pixel = most[Math.floor(drawn / perPixel ** 2)] ?? most[0] ?? 0;
  const within = drawn % perPixel ** 2;
  const difference = (selected[pixel] ?? 0) - (excluded[pixel] ?? 0);
  if (difference === 0) return null;
  const centre = (index: number): number => (index + 0.5) / perPixel - 0.5;
  return {
    u: (pixel % size) + centre(within % perPixel),
    v: Math.floor(pixel / size) + centre(Math.floor(within / perPixel)),
    positive: difference > 0,
  };
}

/** Means of the samples that made the chosen candidate (else: that are nearest to it), and of all others. */
function splitSamples(samples: Samples, choice: Extract<Evidence, { readonly kind: 'choice' }>) {
  const { chosen, others } = choice;
  const known = choice.members === undefined ? null : new Set(choice.members);
  const members: number[] = [];
  const rest: number[] = [];
  for (let n = 0; n < samples.count; n++) {
    const map = sampleMap(samples, n);
    const isMember = (): boolean => {
      const likeness = softOverlap(map, chosen);
      return others.every(other => softOverlap(map, other) <= likeness);
    };
    ((known?.has(n) ?? isMember()) ? members : rest).push(n);
  }
  return {
    selected: members.length > 0 ? meanMap(samples, members) : chosen,
    excluded: rest.length > 0 ? meanMap(samples, rest) : meanMap(samples),
  };
}
