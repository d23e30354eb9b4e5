import type { NetworkDescription } from '../network/network';
import { bayesEngine } from './bayes';
import type { PreferenceEngine } from './engine';
import { noPreference } from './no-preference';
import { referenceEngine } from './reference';

/** The engine that the bundle names. */
export function preferenceEngine(description: NetworkDescription): PreferenceEngine {
  switch (description.engine) {
    case 'bayes':
      return bayesEngine(description.latent);
    case 'reference':
      return referenceEngine(description);
    case 'sam':
      return noPreference;
  }
}
