import { RoundCache } from '../../../extension/src/core/network/round-cache';
import type { Answer } from '../../../extension/src/core/proposal/proposal';
import { answer, propose } from '../../../extension/src/core/session/round';
import { blobSlice, fakeNetwork, fakePrior } from '../network/fake-network';

const slice = blobSlice({ x: 90, y: 70, radius: 25 });

describe('the rounds of a structure', () => {
  it('each draw other samples: one that missed what is meant is not drawn over and over', async () => {
    const network = fakeNetwork();
    const drawn: Float32Array[] = [];
    const { decode } = network;
    network.decode = (conditioning, latents) => {
      drawn.push(latents);
      return decode(conditioning, latents);
    };
    const prompts = [{ kind: 'point', at: { x: 90, y: 70 }, positive: true }] as const;
    const crop = { centre: { x: 90, y: 70 }, side: 60 };
    const input = { prompts, previous: null, crop, preference: fakePrior, seed: 7 };
    const cache = new RoundCache();
    let round = await propose(network, slice, input, cache);
    const seeds = [round.input.seed];
    // A field of view set by hand teaches nothing: only the seed can make a difference.
    for (const side of [61, 62]) {
      const widened: Answer = { kind: 'crop', crop: { ...crop, side } };
      round = await answer(network, slice, round, [widened], cache);
      seeds.push(round.input.seed);
    }
    expect(new Set(seeds).size).toBe(3);
    expect(drawn).toHaveLength(3);
    expect(new Set(drawn.map(latents => latents.join())).size).toBe(3);
  });
});
