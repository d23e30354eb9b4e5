import { promptAnchors } from '../prompts/anchors';
import { proposeCandidates } from '../candidates/propose-candidates';
import { certainShare } from './certain-share';
import { toModel, type Crop } from '../image/crop';
import { maskOnCrop } from '../image/crop-map';
import type { Drawn } from '../sampling/drawn';
import { SpaError } from '../error';
import type { View } from '../view/look';
import { obedientMask } from '../prompts/obey';
import { contradictionOf } from '../prompts/contradiction';
import { hintsOf } from '../prompts/prompts';
import type { Proposal } from './proposal';
import type { RoundInput } from '../sampling/round-input';
import { deriveSeed } from '../random';
import { marginRule } from '../recommended/learnt-margin';
import { recommend, type PreviousMask, type Recommendation } from '../recommended/recommend';
import type { Samples } from '../network/samples';
import type { Slice } from '../image/slice';
import { STREAM } from '../sampling/stages';
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
    first: answersNothing(input),
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

/** No prompt was added to the first and no mask chosen or corrected: a field of view that was set by hand says nothing of the structure. */
function answersNothing({ previous, prompts, first }: RoundInput): boolean {
  return previous === null && prompts.length === (first?.input.prompts ?? prompts).length;
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
  const last = prompts.at(-1);
  const corrected = last === undefined ? null : contradictionOf(last, previous, slice);
  return {
    map: maskOnCrop(previous, crop, slice, size),
    correctedAt: corrected === null ? null : toModel(crop, slice, size, corrected.at),
  };
}
