/**
 * Some readers draw farther out, or farther in, than any way of drawing that the model was trained on: with the wall, or with a safety margin.
 * The latent cannot say so; what is left between it and the masks they accept is learnt as a margin, and moves the borders of first proposals.
 */
import { tidyMap } from './tidy';
import type { Crop } from '../image/crop';
import type { Slice } from '../image/slice';
import type { MapNetworkDescription, Mixture } from '../network/network';
import { sampleMap, type Samples } from '../network/samples';
import { marginOf, withOffset } from '../preference/margin';
import { logDensity, logSumExp } from '../preference/mixture';
import type { Preference } from '../preference/preference';
import { promptAnchors } from '../prompts/anchors';
import { borderOffset, moveBorder, type BorderRule } from './border';
import type { FirstRound, RoundInput } from '../sampling/round-input';

/** Masks that no margin brings nearer than this (Dice) are of another structure: they tell nothing. */
const SAME_STRUCTURE = 0.75;
/** A structure never loses more than this share of its radius (of the disc of its area) to a margin ... */
const MOST_INWARDS = 0.5;
/** ... nor gains more. */
const MOST_OUTWARDS = 0.6;

const asDrawn: BorderRule = map => map;

/**
 * What the learnt margin does to the maps of a round. Nothing once the user builds on a mask, in which it is already, nor where a box says how
 * far the structure reaches.
 */
export function marginRule(input: RoundInput, crop: Crop, slice: Slice, size: number): BorderRule {
  if (input.previous !== null || hasBox(input)) return asDrawn;
  const margin = marginOf(input.preference.style?.margins?.[slice.spacing.unit]);
  if (margin === 0) return asDrawn;
  return (map, threshold) => {
    const area = map.reduce((sum, value) => sum + (value > threshold ? 1 : 0), 0);
    const radius = Math.sqrt(area / Math.PI);
    const pixels = (margin * size) / crop.side;
    return moveBorder(map, size, Math.max(-MOST_INWARDS * radius, Math.min(MOST_OUTWARDS * radius, pixels)));
  };
}

/**
 * The preference with what an accepted mask says of the margin. `learnt` holds its style already; `judged` are the samples of the round with which
 * work on the slice began, and `accepted` [S,S], 0..1, lies on their grid.
 */
export function withAcceptedMargin(
  learnt: Preference,
  accepted: Float32Array,
  judged: readonly Samples[],
  { input, crop }: FirstRound,
  slice: Slice,
  { latent, threshold }: MapNetworkDescription,
): Preference {
  const { style } = learnt;
  const size = judged[0]?.size;
  if (style === undefined || size === undefined || hasBox(input)) return learnt;
  // Those of the prior come second, where others were drawn.
  const drawnFrom = [input.preference.mixture, latent.prior];
  const byStyle = meanUnder(learnt.mixture, judged, drawnFrom, size);
  if (byStyle === null) return learnt;
  const anchors = promptAnchors(input.prompts, crop, slice, size);
  const drawn = tidyMap(byStyle, size, threshold, anchors);
  const { pixels, dice } = borderOffset(drawn, accepted, size, threshold);
  if (dice < SAME_STRUCTURE) return learnt;
  const { unit } = slice.spacing;
  const margin = withOffset(style.margins?.[unit], (pixels * crop.side) / size);
  return { ...learnt, style: { ...style, margins: { ...style.margins, [unit]: margin } } };
}

/**
 * Mean [P] of the samples as if they were drawn from `wanted`, while those of `judged[i]` were drawn from `drawnFrom[i]`: each counts by the
 * ratio of the densities (importance sampling from a mixture of all they were drawn from). Null where none lies anywhere near.
 */
function meanUnder(
  wanted: Mixture,
  judged: readonly Samples[],
  drawnFrom: readonly Mixture[],
  size: number,
): Float32Array | null {
  const mean = new Float32Array(size * size);
  const sources = judged.map(({ count }, i) => ({ count, mixture: drawnFrom[i] ?? wanted }));
  let total = 0;
  for (const samples of judged) {
    for (let n = 0; n < samples.count; n++) {
      const latent = samples.latents.subarray(n * samples.dimension, (n + 1) * samples.dimension);
      const drawn = logSumExp(
        sources.map(({ count, mixture }) => Math.log(count) + logDensity(mixture, latent)),
      );
      const weight = Math.exp(logDensity(wanted, latent) - drawn);
      total += weight;
      const map = sampleMap(samples, n);
      for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + weight * (map[i] as number);
    }
  }
  return total === 0 ? null : mean.map(value => value / total);
}

function hasBox({ prompts }: RoundInput): boolean {
  return prompts.some(prompt => prompt.kind === 'box');
}
