import { promptAnchors } from '../prompts/anchors';
import { proposeCandidates } from '../candidates/propose-candidates';
import { certainShare } from './certain-share';
import { pixelAt, toModel, type Crop } from '../image/crop';
import { maskOnCrop } from '../image/crop-map';
import type { Drawn } from '../network/draw';
import { SpaError } from '../error';
import type { View } from '../view/look';
import { containsPixel } from '../image/mask';
import { obedientMask } from '../prompts/obey';
import { hintsOf } from '../prompts/prompts';
import type { Proposal, RoundInput } from './proposal';
import { deriveSeed } from '../random';
import { marginRule } from './learnt-margin';
import { recommend, type PreviousMask, type Recommendation } from './recommend';
import type { Samples } from '../network/samples';
import type { Slice } from '../image/slice';
import { STREAM } from '../network/stages';
import { maskStatistics } from '../image/statistics';
import { tendencyOf } from './tendency';

/** From samples to what the user sees. Throws `nothing-found` where not even the most willing samples see anything. */
export function assembleProposal(
  slice: Slice,
  input: RoundInput,
  { crop, otherStructures }: Pick<View, 'crop' | 'otherStructures'>,
  drawn: Drawn,
  threshold: number,
): Proposal {
  const { samples } = drawn;
  const { size } = samples;
  const anchors = promptAnchors(input.prompts, crop, slice, size);
  const recommendation = recommendAt(slice, input, crop, samples, threshold);
  if (recommendation === null) throw new SpaError('nothing-found');
  const hints = hintsOf(input.prompts);
  const border = marginRule(input, crop, slice, size);
  const map = { size, values: border(recommendation.tidy, recommendation.threshold) };
  const recommended = obedientMask(map, recommendation.threshold, hints, crop, slice);
  if (recommended.area === 0) throw new SpaError('nothing-found');
  const candidates = proposeCandidates(samples, {
    crop,
    grid: slice,
    hints,
    anchors,
    recommendation,
    recommended,
    otherStructures,
    border,
    first: input.previous === null && input.first === undefined,
    seed: deriveSeed(input.seed, STREAM.clusters),
  });
  return {
    recommended: {
      mask: recommended,
      statistics: maskStatistics(recommended, slice),
      certainShare: certainShare(map.values, recommendation.threshold),
    },
    candidates,
    tendency: tendencyOf(samples, drawn.prior),
  };
}

/** What the samples recommend on a crop, before clicks are enforced; null where not even the most willing samples see anything. */
export function recommendAt(
  slice: Slice,
  input: RoundInput,
  crop: Crop,
  samples: Samples,
  threshold: number,
): Recommendation | null {
  const { size } = samples;
  const anchors = promptAnchors(input.prompts, crop, slice, size);
  return recommend(samples, threshold, anchors, previousMask(input, crop, slice, size));
}

function previousMask(input: RoundInput, crop: Crop, slice: Slice, size: number): PreviousMask | null {
  const { prompts, previous } = input;
  if (previous === null) return null;
  const last = hintsOf(prompts.slice(-1)).at(-1);
  const pixel = last === undefined ? null : pixelAt(slice, last.at);
  const wrong = pixel !== null && containsPixel(previous, pixel.x, pixel.y) !== last?.positive;
  return {
    map: maskOnCrop(previous, crop, slice, size),
    correctedAt: wrong ? toModel(crop, slice, size, pixel) : null,
  };
}
