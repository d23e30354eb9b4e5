import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import { propose, uncertainty } from '../../../extension/src/core/session/round';
import { drawnWider, fakeNetwork, fakePrior } from '../network/fake-network';
import { input, slice } from '../a-blob-to-segment';

describe('uncertainty', () => {
  it('is high at the ambiguous border and low in the middle, inside the crop', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const round = await propose(network, slice, input(), cache);
    const map = await uncertainty(network, slice, round, cache);
    const value = (x: number, y: number) => map.values[(y - map.y) * map.width + (x - map.x)];
    expect(map.values).toHaveLength(map.width * map.height);
    expect(value(90, 70)).toBeLessThan(40);
    expect(value(90, 70 + 12)).toBeGreaterThan(150);
  });

  it('lies where a learnt margin has moved the border to', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const at = async (preference: RoundInput['preference'], distance: number): Promise<number> => {
      const round = await propose(network, slice, input({ preference }), cache);
      const map = await uncertainty(network, slice, round, cache);
      return map.values[(70 + distance - map.y) * map.width + (90 - map.x)] ?? -1;
    };
    expect(await at(drawnWider, 12)).toBeLessThan(await at(fakePrior, 12));
    expect(await at(drawnWider, 16)).toBeGreaterThan(200);
    expect(await at(drawnWider, 16)).toBeGreaterThan(20 + (await at(fakePrior, 16)));
  });
});
