import { openBayesNetwork, type OpenNetwork } from './bayes-network';
import { invalid } from './bundle/fields';
import type { Bundle } from './bundle/load-bundle';
import type { Runtime } from './runtime';

/** The network of a bundle, by the engine that it names. Rejects with `bundle-invalid` or a runtime's fault. */
export function openNetwork(runtime: Runtime, bundle: Bundle): Promise<OpenNetwork> {
  const { engine } = bundle.manifest.network;
  if (engine === 'bayes') return openBayesNetwork(runtime, bundle);
  return Promise.reject(invalid(`its engine "${engine}" is not one that this version of SPA runs`));
}
