import { openBayesNetwork } from './bayes-network';
import type { Bundle } from './bundle/load-bundle';
import { openReferenceNetwork } from './reference-network';
import type { OpenNetwork } from './graph-network';
import type { Runtime } from './runtime';
import { openSamNetwork } from './sam-network';

/** The network of a bundle, by the engine that it names. Rejects with `bundle-invalid` or a runtime's fault. */
export function openNetwork(runtime: Runtime, bundle: Bundle): Promise<OpenNetwork> {
  const description = bundle.manifest.network;
  switch (description.engine) {
    case 'bayes':
      return openBayesNetwork(runtime, bundle, description);
    case 'reference':
      return openReferenceNetwork(runtime, bundle, description);
    case 'sam':
      return openSamNetwork(runtime, bundle, description);
  }
}
