import { agreement, MEMORY } from './agreement';
import { solvePositive } from './linear-system';
import { meanOf, varianceOf } from './mixture';
import type { Mixture } from '../network/network';
import type { Style } from './preference';

/**
 * By how much nearer to the accepted masks (soft IoU, summed over cases) a step of one standard deviation from the prior's mean must
 * bring to be worth it. Small: one case moves far; large: many cases are needed. Chosen on readers of stable style and on
 * LIDC, whose readers have none.
 */
const CAUTION = 0.1;
/** Samples that are farther from the accepted mask than the nearest one by this much (soft IoU) count e times less. */
const NEARNESS = 0.3;
/** Ridge penalty, in samples, on the three terms of a direction: few samples tell a bend less well than a slope. */
const RIDGE = [2, 8, 4] as const;
/** Cases on which no sample comes nearer to the accepted mask than this tell of another structure, not of a style. */
const SAME_STRUCTURE = 0.4;
/** No further from the prior's mean than so many of its standard deviations: beyond, the network has never been. */
const FARTHEST = 2.5;
/** Places that are tried along a direction. */
const STEPS = 100;
/** Share of the bundle's prior in what further slices start from. */
const PRIOR_SHARE = 0.15;

/** Latents [N,D], and how near the mask of each is to the accepted one (soft IoU). */
export interface JudgedLatents {
  readonly latents: Float32Array;
  readonly overlaps: readonly number[];
}

/**
 * What one more accepted mask says of how its reader draws. Nearness to it is taken as a sum of functions of the latent's directions, each
 * a cubic, fitted to the samples; the functions of all cases add up. So a direction that helps in one case and harms in another comes to
 * nothing: what counts is not which samples were best here, but where masks get better on the whole.
 */
export function withCase(before: Style | undefined, judged: JudgedLatents, prior: Mixture): Style {
  const terms = before?.terms ?? RIDGE.map(() => meanOf(prior).map(() => 0));
  const scatter = before?.scatter ?? meanOf(prior).map(() => 0);
  const tells = Math.max(...judged.overlaps) >= SAME_STRUCTURE;
  const fitted = tells ? cubicFit(judged, prior) : null;
  const answers = before?.answers ?? 0;
  const margins = before?.margins === undefined ? {} : { margins: before.margins };
  if (fitted === null) return { answers, terms, scatter, ...margins };
  return {
    ...margins,
    answers,
    terms: terms.map((line, k) => line.map((old, d) => MEMORY * old + (fitted[k]?.[d] ?? 0))),
    scatter: scatter.map((old, d) => MEMORY ** 2 * old + (fitted[0]?.[d] ?? 0) ** 2),
  };
}

/**
 * What further slices start from: a Gaussian where the cases so far are drawn best, held back by the prior, and some of the prior. It is as wide
 * as the prior: readers waver, the user must be left a choice, and a narrower one costs readers without a style more than it gives others.
 */
export function styleMixture({ terms, scatter }: Style, prior: Mixture): Mixture {
  const mean = meanOf(prior);
  const variance = varianceOf(prior);
  const best = mean.map((_, d) => {
    const along = terms.map(line => line[d] ?? 0);
    return agreement(along[0] ?? 0, scatter[d] ?? 0) * bestPlace(along);
  });
  const length = Math.hypot(...best);
  const shrink = length > FARTHEST ? FARTHEST / length : 1;
  const centre = mean.map((m, d) => m + shrink * (best[d] ?? 0) * Math.sqrt(variance[d] ?? 1));
  return {
    weights: [1 - PRIOR_SHARE, ...prior.weights.map(weight => weight * PRIOR_SHARE)],
    means: [centre, ...prior.means],
    variances: [variance, ...prior.variances],
  };
}

/** Hermite's polynomials of the first three degrees, over their factorials: uncorrelated over the prior. */
function polynomials(u: number): readonly number[] {
  return [u, (u * u - 1) / 2, (u * u * u - 3 * u) / 6];
}

/** Where along one direction the summed function, less the caution, is highest. */
function bestPlace(terms: readonly number[]): number {
  let best = { at: 0, height: -Infinity };
  for (let step = 0; step <= STEPS; step++) {
    const at = FARTHEST * ((2 * step) / STEPS - 1);
    const gain = polynomials(at).reduce((sum, value, k) => sum + value * (terms[k] ?? 0), 0);
    const height = gain - (CAUTION * at * at) / 2;
    if (height > best.height) best = { at, height };
  }
  return best.at;
}

/** [3][D] coefficients of the polynomials, by ridge regression on the samples. */
function cubicFit({ latents, overlaps }: JudgedLatents, prior: Mixture): readonly (readonly number[])[] {
  const mean = meanOf(prior);
  const deviation = varianceOf(prior).map(value => Math.sqrt(value));
  const dimension = mean.length;
  const nearest = Math.max(...overlaps);
  const raw = overlaps.map(overlap => Math.exp((overlap - nearest) / NEARNESS));
  const scale = raw.length / raw.reduce((sum, weight) => sum + weight, 0);
  const terms = 1 + RIDGE.length * dimension;
  const right = new Array<number>(terms).fill(0);
  const matrix = Array.from({ length: terms }, (_, i) => {
    const line = new Array<number>(terms).fill(0);
    line[i] = i === 0 ? 1e-6 : (RIDGE[Math.floor((i - 1) / dimension)] ?? 0);
    return line;
  });
  overlaps.forEach((overlap, n) => {
    const weight = (raw[n] ?? 0) * scale;
    const values = mean.map((m, d) =>
      polynomials(((latents[n * dimension + d] ?? 0) - m) / (deviation[d] ?? 1)),
    );
    const row = [1, ...RIDGE.flatMap((_, k) => values.map(each => each[k] ?? 0))];
    matrix.forEach((line, i) => {
      const share = weight * (row[i] ?? 0);
      right[i] = (right[i] ?? 0) + share * overlap;
      for (let k = 0; k < terms; k++) line[k] = (line[k] ?? 0) + share * (row[k] ?? 0);
    });
  });
  const solution = solvePositive(matrix, right);
  return RIDGE.map((_, k) => solution.slice(1 + k * dimension, 1 + (k + 1) * dimension));
}
