import type { PreferenceEngine } from './engine';

/** For a model whose masks depend on nothing that could be learnt (engine `sam`): every answer is a prompt, and is told to it as one. */
export const noPreference: PreferenceEngine = {
  draw: () => new Float32Array(0),
  learn: preference => ({ preference, clicks: [] }),
};
