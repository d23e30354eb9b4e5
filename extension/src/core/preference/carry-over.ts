import type { Mixture, Preference } from './preference';

/** Share of the prior in what the next slice starts from: what was learnt on one image is a good guess there, not a certainty. */
const PRIOR_SHARE = 0.3;

/** The preference with which work on another slice or patient begins: the learnt one, tempered by the bundle's prior. */
export function carryOver(learnt: Preference, prior: Preference): Preference {
  if (learnt.answers === 0) return prior;
  return { ...learnt, mixture: blend(learnt.mixture, prior.mixture, PRIOR_SHARE) };
}

function blend(learnt: Mixture, prior: Mixture, share: number): Mixture {
  return {
    weights: [...learnt.weights.map(w => w * (1 - share)), ...prior.weights.map(w => w * share)],
    means: [...learnt.means, ...prior.means],
    variances: [...learnt.variances, ...prior.variances],
  };
}
