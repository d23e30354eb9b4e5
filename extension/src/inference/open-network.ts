import type { Network } from '../core/network/network';
import { openBayesNetwork } from './bayes-network';
import type { Bundle } from './bundle/load-bundle';
import { openReferenceNetwork } from './reference-network';
import type { Runtime } from './runtime';
import { openSamNetwork } from './sam-network';

/** A network with its sessions. */
export interface OpenNetwork extends Network {
  /** Frees the sessions; the network is not used afterwards. */
  close(): Promise<void>;
}

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
