import type { Features, Mixture, Network } from '../../extension/src/core/network/network';
import { decodeMask } from '../../extension/src/core/image/mask';
import { referenceEngine, mixLatents } from '../../extension/src/core/preference/reference';
import { priorPreference } from '../../extension/src/core/preference/engine';
import type { Preference } from '../../extension/src/core/preference/preference';
import type { Prompt } from '../../extension/src/core/prompts/prompts';
import { propose } from '../../extension/src/core/session/round';
import { RoundCache } from '../../extension/src/core/sampling/round-cache';
import { samplesFromLogits } from '../../extension/src/core/network/samples';
import type { Slice } from '../../extension/src/core/image/slice';
import { seededRandom } from '../../extension/src/core/random';
import { tensorsOf } from '../../extension/src/inference/held';

/** What the published program was given in one round. */
export interface RecordedInput {
  /** [P, 2], row and column. */
  readonly points: readonly number[];
  readonly labels: readonly number[];
  readonly responsibilities: readonly number[];
  /** [N, D] */
  readonly noise: readonly number[];
  /** Samples of the cluster that the user chose. */
  readonly chosen: readonly number[];
}

/** What the engine makes of it. Flat, row-major. */
export interface Replayed {
  readonly feature: readonly number[];
  readonly means: readonly number[];
  readonly variances: readonly number[];
  readonly weights: readonly number[];
  readonly z: readonly number[];
  readonly logits: readonly number[];
  /** [S, S], 0 or 1. */
  readonly recommended: readonly number[];
  readonly responsibilities: readonly number[];
}

/**
 * Plays one recorded round through the loop of `core/` on a network of the engine `reference`. Nothing is replaced but chance: the latents are
 * mixed from the recorded draws, and the cluster chosen is the recorded one.
 */
export async function replay(network: Network, slice: Slice, input: RecordedInput): Promise<Replayed> {
  const { description } = network;
  if (description.engine !== 'reference') throw new Error('A bundle of the published method is expected.');
  let features: Features | null = null;
  let mixture: Mixture | null = null;
  let z = new Float32Array();
  let logits = new Float32Array();
  const recordedChance: Network = {
    description,
    encode: async image => (features = await network.encode(image)),
    prompt: (of, prompts) => network.prompt(of, prompts),
    distribution: async (conditioning, responsibilities) => {
      if (network.distribution === undefined) throw new Error('The network has no distribution.');
      return (mixture = await network.distribution(conditioning, responsibilities));
    },
    decode: async conditioning => {
      if (mixture === null) throw new Error('The latents are drawn before their distribution is known.');
      z = mixLatents(mixture, Float32Array.from(input.noise)) as Float32Array<ArrayBuffer>;
      const decoded = await network.decode(conditioning, z);
      logits = decoded.logits as Float32Array<ArrayBuffer>;
      return decoded;
    },
  };
  const prior = priorPreference(description);
  const preference: Preference = {
    ...prior,
    mixture: { ...prior.mixture, weights: input.responsibilities },
  };
  const cache = new RoundCache();
  const round = await propose(
    recordedChance,
    slice,
    { prompts: promptsOf(input), previous: null, crop: null, preference, seed: 1 },
    cache,
  );
  const held = mixture as Mixture | null;
  if (features === null || held === null) throw new Error('The round ran neither encoder nor distribution.');
  const feature = await tensorsOf(features)['feature']?.getData();
  const samples = samplesFromLogits(logits, z, description.outputSize, description.latent.dimension);
  const learnt = referenceEngine(description).learn(
    { ...preference, mixture: held },
    samples,
    [{ kind: 'choice', chosen: new Float32Array(), others: [], members: input.chosen }],
    seededRandom(1),
  );
  cache.clear();
  return {
    feature: Array.from(feature as Float32Array),
    means: held.means.flat(),
    variances: held.variances.flat(),
    weights: [...held.weights],
    z: Array.from(z),
    logits: Array.from(logits),
    recommended: Array.from(decodeMask(round.proposal.recommended.mask)),
    responsibilities: [...learnt.preference.mixture.weights],
  };
}

function promptsOf({ points, labels }: RecordedInput): Prompt[] {
  return labels.map((label, i): Prompt => {
    const [y = 0, x = 0] = points.slice(2 * i, 2 * i + 2);
    return { kind: 'point', at: { x, y }, positive: label === 1 };
  });
}
