import type { NetworkDescription } from '../network';
import { bayesEngine } from './bayes';
import type { PreferenceEngine } from './engine';
import { referenceEngine } from './reference';

/** The engine that the bundle names. A plain SAM bundle has no latent: its three masks are weighted like samples. */
export function preferenceEngine(description: NetworkDescription): PreferenceEngine {
  return description.engine === 'reference'
    ? referenceEngine(description.latent.dimension)
    : bayesEngine(description.latent);
}
