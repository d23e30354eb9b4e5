import type { Mixture } from '../network/network';
import type { Preference } from './preference';
import { styleMixture } from './style';

/** Share of what was known before in what the next slice starts from: answers that led to no accepted mask are a hint, not a certainty. */
const PRIOR_SHARE = 0.3;

/**
 * The preference with which work on another slice or patient begins. Accepted masks tell the style, and what was answered on the way to
 * them is in them; only the answers since then, on a slice that was left without accepting, count for themselves.
 */
export function carryOver(learnt: Preference, prior: Preference): Preference {
  if (learnt.answers === 0) return prior;
  if (learnt.engine === 'reference') {
    return { ...learnt, mixture: blendWeights(learnt.mixture, prior.mixture, PRIOR_SHARE) };
  }
  const { style } = learnt;
  if (style?.answers === learnt.answers) return learnt;
  const known = style === undefined ? prior.mixture : styleMixture(style, prior.mixture);
  return { ...learnt, mixture: blend(learnt.mixture, known, PRIOR_SHARE) };
}

/** Engine `reference`: as many components as its weight network takes; their means and variances come from the prompts anyway. */
function blendWeights(learnt: Mixture, prior: Mixture, share: number): Mixture {
  const weights = prior.weights.map((weight, m) => (1 - share) * (learnt.weights[m] ?? 0) + share * weight);
  return { ...prior, weights };
}

function blend(learnt: Mixture, known: Mixture, share: number): Mixture {
  return {
    weights: [...learnt.weights.map(w => w * (1 - share)), ...known.weights.map(w => w * share)],
    means: [...learnt.means, ...known.means],
    variances: [...learnt.variances, ...known.variances],
  };
}
