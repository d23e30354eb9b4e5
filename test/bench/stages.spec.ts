import { timeStages } from '../../tools/bench/stages';
import { fakeNetwork } from '../core/network/fake-network';
import { fakePointNetwork, publishedDescription, samDescription } from '../core/network/fake-point-network';

describe('a round as the published program works', () => {
  it('decodes every sample alone, from prompts as maps', async () => {
    const network = fakeNetwork();
    await timeStages(network);
    expect(network.runs).toEqual({ encode: 4, prompt: 48, decode: 48, samples: 48 });
    expect(network.held).toEqual({ features: 0, conditionings: 0 });
  });

  it('does so from prompts as points, and takes the masks of a plain SAM at once', async () => {
    const published = fakePointNetwork(publishedDescription);
    await timeStages(published);
    expect(published.told.prompts).toHaveLength(12);
    const sam = fakePointNetwork(samDescription);
    await timeStages(sam);
    expect(sam.told.prompts).toHaveLength(1);
    expect(Array.from(sam.told.prompts[0]?.points ?? [])).toEqual([32, 32]);
  });
});
