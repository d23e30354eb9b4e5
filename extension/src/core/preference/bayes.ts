import { valueAt } from '../image/crop-map';
import type { Mixture, NetworkDescription } from '../network/network';
import type { Random } from '../random';
import { sampleMap, type Samples } from '../network/samples';
import type { Evidence, Learning, PreferenceEngine } from './engine';
import { fitMixture } from './expectation-maximisation';
import { softOverlap, squares } from './likeness';
import { drawMixture, logSumExp, varianceOf } from './mixture';
import type { Preference } from './preference';
import { styleMixture, withCase } from './style';

/** Distance (1 - soft IoU) at which a sample counts e times less than one equal to the chosen candidate. */
const CHOICE_TEMPERATURE = 0.015;
/** The same for what the user did NOT choose: how sharply the reader is taken to compare what was on offer. */
const REJECTION_TEMPERATURE = 0.03;
/** No click rules a sample out: readers slip, and a sample may be right everywhere else. */
const CLICK_FLOOR = 0.02;
/** An answer never narrows the samples to fewer than this share of effective ones. */
const SMALLEST_EFFECTIVE_SHARE = 1 / 8;
/** Effective samples that a component of the fitted mixture needs. */
const SAMPLES_PER_COMPONENT = 4;
/** Variance of a component at least, as a share of the prior's. */
const VARIANCE_FLOOR = 0.1;
const ITERATIONS = 20;

/**
 * The project's own engine: closed-form adaptation by population Monte Carlo (Cappé et al., "Population Monte Carlo", JCGS 2004).
 * Samples get weights from the answers, a mixture is fitted to the weighted samples, and the next samples are drawn from it.
 */
export function bayesEngine(latent: NetworkDescription['latent']): PreferenceEngine {
  const floor = varianceOf(latent.prior).map(variance => variance * VARIANCE_FLOOR);
  return {
    draw: (preference, count, random) => drawMixture(preference.mixture, count, random),
    learn: (preference, samples, evidence, random) => {
      const learnt = learnMixture(preference, samples, evidence, random, {
        floor,
        components: latent.components,
        temperature: latent.adaptationTemperature ?? 1,
      });
      return { preference: learnt, clicks: [] } satisfies Learning;
    },
    accept: (preference, judged, accepted) => acceptMask(preference, judged, accepted, latent.prior),
  };
}

function learnMixture(
  preference: Preference,
  samples: Samples,
  evidence: readonly Evidence[],
  random: Random,
  how: { readonly floor: readonly number[]; readonly components: number; readonly temperature: number },
): Preference {
  const weights = sampleWeights(samples, evidence, how.temperature);
  const effective = effectiveSize(weights);
  const mixture = fitMixture(
    { latents: samples.latents, weights, dimension: samples.dimension },
    {
      components: Math.max(1, Math.min(how.components, Math.floor(effective / SAMPLES_PER_COMPONENT))),
      varianceFloor: how.floor,
      iterations: ITERATIONS,
    },
    random,
  );
  return { ...preference, mixture, answers: preference.answers + evidence.length };
}

function acceptMask(
  preference: Preference,
  judged: readonly Samples[],
  accepted: Float32Array,
  prior: Mixture,
): Preference {
  const answers = preference.answers + 1;
  const latents = Float32Array.from(judged.flatMap(samples => Array.from(samples.latents)));
  const ofAccepted = squares(accepted);
  const overlaps = judged.flatMap(samples =>
    Array.from({ length: samples.count }, (_, n) => {
      const map = sampleMap(samples, n);
      return softOverlap(map, accepted, squares(map), ofAccepted);
    }),
  );
  const style = { ...withCase(preference.style, { latents, overlaps }, prior), answers };
  return { ...preference, mixture: styleMixture(style, prior), answers, style };
}

/** [N], sum to 1: how well each sample agrees with all of the evidence, which counts less at a higher temperature. */
export function sampleWeights(samples: Samples, evidence: readonly Evidence[], temperature = 1): number[] {
  const logs = new Array<number>(samples.count).fill(0);
  for (const piece of evidence) {
    const likelihood =
      piece.kind === 'marks' ? marksLikelihood(samples, piece) : choiceLikelihood(samples, piece);
    for (let n = 0; n < samples.count; n++) logs[n] = (logs[n] ?? 0) + likelihood(n) / temperature;
  }
  return temper(logs, samples.count * SMALLEST_EFFECTIVE_SHARE);
}

type OfKind<Kind extends Evidence['kind']> = Extract<Evidence, { readonly kind: Kind }>;

/** Log probability that a reader who draws like sample n marks these pixels. */
function marksLikelihood(samples: Samples, { at, positive }: OfKind<'marks'>): (index: number) => number {
  return index => {
    const map = { size: samples.size, values: sampleMap(samples, index) };
    return at.reduce((sum, { u, v }) => {
      const p = valueAt(map, u, v);
      return sum + Math.log(Math.max(CLICK_FLOOR, positive ? p : 1 - p));
    }, 0);
  };
}

/** How near sample n is to the chosen one, and that a reader who draws like it prefers the chosen one to all others on offer. */
function choiceLikelihood(samples: Samples, choice: OfKind<'choice'>): (index: number) => number {
  const offers = [choice.chosen, ...choice.others].map(map => ({ map, squares: squares(map) }));
  return index => {
    const map = sampleMap(samples, index);
    const own = squares(map);
    const distances = offers.map(offer => 1 - softOverlap(map, offer.map, own, offer.squares));
    const chosen = distances[0] ?? 0;
    const compared = logSumExp(distances.map(distance => -distance / REJECTION_TEMPERATURE));
    return -chosen / CHOICE_TEMPERATURE - chosen / REJECTION_TEMPERATURE - compared;
  };
}

/** exp(beta * logs), normalised, with the largest beta <= 1 that keeps the effective sample size. */
function temper(logs: readonly number[], smallest: number): number[] {
  const at = (beta: number): number[] => {
    const largest = Math.max(...logs);
    const raw = logs.map(value => Math.exp(beta * (value - largest)));
    const total = raw.reduce((sum, value) => sum + value, 0);
    return raw.map(value => value / total);
  };
  let weights = at(1);
  if (effectiveSize(weights) >= smallest) return weights;
  let low = 0;
  let high = 1;
  for (let step = 0; step < 20; step++) {
    const beta = (low + high) / 2;
    weights = at(beta);
    if (effectiveSize(weights) < smallest) high = beta;
    else low = beta;
  }
  return at(low);
}

/** 1 / sum of squared weights (Kish): N for equal weights, 1 where one holds everything. */
export function effectiveSize(weights: readonly number[]): number {
  return 1 / weights.reduce((sum, weight) => sum + weight * weight, 0);
}
