import type { Mixture, Preference } from './preference';

/** Share of the prior in what the next slice starts from: what was learnt on one image is a good guess there, not a certainty. */
const PRIOR_SHARE = 0.3;

/** The preference with which work on another slice or patient begins: the learnt one, tempered by the bundle's prior. */
export function carryOver(learnt: Preference, prior: Preference): Preference {
  if (learnt.answers === 0) return prior;
  const combine = learnt.engine === 'reference' ? blendWeights : blend;
  return { ...learnt, mixture: combine(learnt.mixture, prior.mixture, PRIOR_SHARE) };
}

/** Engine `reference`: as many components as its weight network takes; their means and variances come from the prompts anyway. */
function blendWeights(learnt: Mixture, prior: Mixture, share: number): Mixture {
  const weights = prior.weights.map((weight, m) => (1 - share) * (learnt.weights[m] ?? 0) + share * weight);
  return { ...prior, weights };
}

function blend(learnt: Mixture, prior: Mixture, share: number): Mixture {
  return {
    weights: [...learnt.weights.map(w => w * (1 - share)), ...prior.weights.map(w => w * share)],
    means: [...learnt.means, ...prior.means],
    variances: [...learnt.variances, ...prior.variances],
  };
}
