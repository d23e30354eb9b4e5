import { distinctCandidates } from '../candidates/distinct-candidates';
import { certainShare } from './certain-share';
import type { Crop } from '../image/crop';
import { thresholdOnSlice } from '../image/crop-map';
import type { Drawn } from '../sampling/drawn';
import { SpaError } from '../error';
import { intersectionOverUnion } from '../image/mask';
import type { PointNetworkDescription } from '../network/network';
import type { Proposal } from './proposal';
import type { RoundInput } from '../sampling/round-input';
import { sampleMap } from '../network/samples';
import type { Slice } from '../image/slice';
import { maskStatistics } from '../image/statistics';

/**
 * The proposal of a plain SAM: of its masks the one for which it predicts the best quality is recommended, the others are candidates. After a
 * choice that is the one most like the mask chosen: the user has said more than the prediction knows. Throws `nothing-found` where
 * all masks are empty.
 */
export function assembleMasks(
  slice: Slice,
  input: RoundInput,
  crop: Crop,
  drawn: Drawn,
  description: PointNetworkDescription,
): Proposal {
  const { samples, logits, quality } = drawn;
  const { size, count } = samples;
  const pixels = size * size;
  const nearest = description.enlarge === 'nearest';
  const chosen = input.refined?.chosen === true ? input.previous : null;
  const ranked = Array.from({ length: count }, (_, n) => {
    const values = logits.subarray(n * pixels, (n + 1) * pixels);
    const mask = thresholdOnSlice({ size, values, nearest }, crop, slice, description.logitThreshold);
    return {
      mask,
      members: [n],
      rank: chosen === null ? (quality?.[n] ?? 0) : intersectionOverUnion(mask, chosen),
    };
  })
    .filter(({ mask }) => mask.area > 0)
    .sort((a, b) => b.rank - a.rank);
  const [best, ...others] = ranked;
  if (best === undefined) throw new SpaError('nothing-found');
  return {
    recommended: {
      mask: best.mask,
      members: best.members,
      statistics: maskStatistics(best.mask, slice),
      certainShare: certainShare(sampleMap(samples, best.members[0] ?? 0), 0.5),
    },
    candidates: distinctCandidates(others, best.mask, slice, count),
    tendency: null,
  };
}
