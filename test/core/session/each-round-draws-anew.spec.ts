import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import type { Answer } from '../../../extension/src/core/proposal/proposal';
import { answer, propose } from '../../../extension/src/core/session/round';
import { at, input, slice } from '../a-blob-to-segment';
import { fakeNetwork } from '../network/fake-network';

describe('the rounds of a structure', () => {
  it('each draw other samples: one that missed what is meant is not drawn over and over', async () => {
    const network = fakeNetwork();
    const drawn: Float32Array[] = [];
    const { decode } = network;
    network.decode = (conditioning, latents) => {
      drawn.push(latents);
      return decode(conditioning, latents);
    };
    const crop = { centre: at, side: 60 };
    const cache = new RoundCache();
    let round = await propose(network, slice, input({ crop }), cache);
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
