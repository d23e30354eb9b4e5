import { clusterSamples, membersOf } from '../candidates/cluster';
import { distinctCandidates, type Proposed } from '../candidates/distinct-candidates';
import { certainShare } from './certain-share';
import type { Crop } from '../image/crop';
import { thresholdOnSlice } from '../image/crop-map';
import type { Drawn } from '../sampling/drawn';
import { SpaError } from '../error';
import type { PointNetworkDescription } from '../network/network';
import { MOST_CANDIDATES } from '../candidates/candidate';
import type { Proposal } from './proposal';
import type { RoundInput } from '../sampling/round-input';
import { deriveSeed } from '../random';
import { meanMap, meanOfMaps } from '../network/samples';
import type { Slice } from '../image/slice';
import { STREAM } from '../sampling/stages';
import { maskStatistics } from '../image/statistics';

/** A cluster's mean probability above this is its mask. */
const CLUSTER_THRESHOLD = 0.5;

/**
 * The proposal of the published method (Zhu et al., ICCV 2025): recommended is where the samples' mean logit lies above the threshold, a
 * candidate where the mean probability of one of K = 4 clusters lies above one half. Nothing is tidied and no click enforced. Where the
 * recommended mask is empty the candidate of most samples takes its place; without one `nothing-found` is thrown.
 */
export function assemblePublished(
  slice: Slice,
  input: RoundInput,
  crop: Crop,
  drawn: Drawn,
  description: PointNetworkDescription,
): Proposal {
  const { samples, logits } = drawn;
  const { size } = samples;
  const nearest = description.enlarge === 'nearest';
  const meanLogits = meanOfMaps(logits, size);
  const mean = thresholdOnSlice(
    { size, values: meanLogits, nearest },
    crop,
    slice,
    description.logitThreshold,
  );
  const clusters = membersOf(
    clusterSamples(samples, MOST_CANDIDATES, deriveSeed(input.seed, STREAM.clusters)),
  );
  const proposed = clusters
    .sort((a, b) => b.length - a.length)
    .map((members): Proposed => ({
      members,
      mask: thresholdOnSlice(
        { size, values: meanMap(samples, members), nearest },
        crop,
        slice,
        CLUSTER_THRESHOLD,
      ),
    }));
  const recommended = mean.area > 0 ? mean : proposed.find(({ mask }) => mask.area > 0)?.mask;
  if (recommended === undefined) throw new SpaError('nothing-found');
  return {
    recommended: {
      mask: recommended,
      statistics: maskStatistics(recommended, slice),
      certainShare: certainShare(meanMap(samples), CLUSTER_THRESHOLD),
    },
    candidates: distinctCandidates(proposed, recommended, slice, samples.count),
    tendency: null,
  };
}
