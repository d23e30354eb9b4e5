import { describe, expect, it } from '@jest/globals';
import { dice } from '../../../extension/src/core/image/mask';
import { decodeSights, mirrorRows } from '../../../extension/src/core/network/mirror';
import type { Conditioning, Network } from '../../../extension/src/core/network/network';
import { answer, propose } from '../../../extension/src/core/session/round';
import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import { blobSlice, fakeDescription, fakeNetwork, fakePrior } from './fake-network';

const mirroring = { ...fakeDescription, mirrored: true };
/** Lies left of the middle of its box, so that a mask that was not turned back would miss it. */
const slice = blobSlice({ x: 82, y: 70, radius: 25 });
const box = { kind: 'box', from: { x: 66, y: 50 }, to: { x: 118, y: 90 } } as const;
const click = { kind: 'point', at: { x: 82, y: 70 }, positive: true } as const;
const input = { prompts: [box, click], previous: null, crop: null, preference: fakePrior, seed: 5 };

/** The fake network's prompt stage without image and prompts. */
async function sight(network: Network): Promise<Conditioning> {
  const { inputSize, promptChannels } = mirroring;
  const features = await network.encode(new Float32Array(inputSize ** 2));
  const maps = new Float32Array(promptChannels.length * inputSize ** 2);
  return network.prompt(features, { kind: 'maps', maps });
}

describe('mirrorRows', () => {
  it('exchanges left and right in every row of every plane', () => {
    const planes = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...mirrorRows(planes, 2)]).toEqual([2, 1, 4, 3, 6, 5, 8, 7]);
  });
});

describe('decodeSights', () => {
  it('draws every other latent in the mirror, in the order in which they were given, an odd number too', async () => {
    const conditioning = (name: string) => ({ name, release: () => undefined });
    const network = {
      ...fakeNetwork(),
      description: { ...mirroring, outputSize: 2, latent: { ...mirroring.latent, dimension: 1 } },
      decode: async (sight: object, latents: Float32Array) => ({
        logits: Float32Array.from(
          [...latents].flatMap(z =>
            'name' in sight && sight.name === 'plain' ? [z, 0, z, 0] : [10 * z, 1, 10 * z, 1],
          ),
        ),
      }),
    };
    const sights = { plain: conditioning('plain'), mirrored: conditioning('mirrored') };
    const { logits } = await decodeSights(network, sights, Float32Array.from([1, 2, 3]));
    expect([...logits]).toEqual([1, 0, 1, 0, 1, 20, 1, 20, 3, 0, 3, 0]);
  });

  it('asks the mirror for nothing where there is but one latent', async () => {
    const network = fakeNetwork(mirroring);
    const [plain, mirrored] = await Promise.all([0, 1].map(() => sight(network)));
    if (plain === undefined || mirrored === undefined) throw new Error('no sights');
    await decodeSights(network, { plain, mirrored }, new Float32Array(mirroring.latent.dimension));
    expect(network.runs).toMatchObject({ decode: 1, samples: 1 });
  });
});

describe('a network that is also asked in the mirror', () => {
  it('draws the structure where it is', async () => {
    const plain = await propose(fakeNetwork(), slice, input, new RoundCache());
    const mirrored = await propose(fakeNetwork(mirroring), slice, input, new RoundCache());
    expect(dice(plain.proposal.recommended.mask, mirrored.proposal.recommended.mask)).toBeGreaterThan(0.98);
  });

  it('encodes its view twice, and in later rounds nothing anew', async () => {
    const network = fakeNetwork(mirroring);
    const cache = new RoundCache();
    await propose(network, slice, input, cache);
    expect(network.runs.encode).toBe(2);
    const first = await propose(network, slice, { ...input, prompts: [click] }, cache);
    const before = network.runs.encode;
    const nearby = { ...click, at: { x: 84, y: 72 } };
    await answer(network, slice, first, [{ kind: 'prompt', prompt: nearby }], cache);
    expect(network.runs.encode).toBe(before);
  });

  it('encodes nothing anew on the way back to the field of view before', async () => {
    const network = fakeNetwork(mirroring);
    const cache = new RoundCache();
    const views = [40, 60].map(side => ({ ...input, crop: { centre: { x: 84, y: 70 }, side } }));
    for (const [turn, view] of [...views, ...views].entries()) {
      await propose(network, slice, { ...view, seed: turn }, cache);
    }
    expect(network.runs.encode).toBe(4);
  });

  it('looks around the prompt without the mirror: that only has to find the structure', async () => {
    const runs = [fakeDescription, mirroring].map(async description => {
      const network = fakeNetwork(description);
      await propose(network, slice, { ...input, prompts: [click] }, new RoundCache());
      return network.runs.encode;
    });
    const [plain = 0, mirrored = 0] = await Promise.all(runs);
    expect(mirrored).toBe(plain + 1);
  });

  it('holds no conditioning after a round, or when the mirror image fails', async () => {
    const network = fakeNetwork(mirroring);
    await propose(network, slice, input, new RoundCache());
    expect(network.held.conditionings).toBe(0);
    const { prompt } = network;
    let prompted = 0;
    network.prompt = async (features, prompts) => {
      if (++prompted === 2) throw new Error('lost');
      return prompt(features, prompts);
    };
    await expect(propose(network, slice, { ...input, seed: 6 }, new RoundCache())).rejects.toThrow('lost');
    expect(prompted).toBe(2);
    expect(network.held.conditionings).toBe(0);
  });
});
