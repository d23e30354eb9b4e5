import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import type { Round } from '../../../extension/src/core/proposal/proposal';
import { answer, propose } from '../../../extension/src/core/session/round';
import { fakeNetwork, fakePrior } from '../network/fake-network';
import { clickAt, input, slice } from '../a-blob-to-segment';

describe('what accepting teaches', () => {
  const meanOfFirst = (round: Round): number => {
    const { weights, means } = round.ifAccepted.mixture;
    return weights.reduce((sum, weight, m) => sum + weight * (means[m]?.[0] ?? 0), 0);
  };

  it('follows the masks that were accepted, whatever led to them', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const accepting = async (which: (count: number) => number): Promise<Round> => {
      let preference = fakePrior;
      let last: Round | null = null;
      for (const seed of [1, 2, 3]) {
        const first = await propose(network, slice, input({ preference, seed }), cache);
        const candidate = which(first.proposal.candidates.length);
        last = await answer(network, slice, first, [{ kind: 'choose', candidate }], cache);
        preference = last.ifAccepted;
      }
      if (last === null) throw new Error('no round');
      return last;
    };
    const generous = await accepting(count => count - 1);
    const tight = await accepting(() => 0);
    expect(meanOfFirst(generous)).toBeGreaterThan(meanOfFirst(tight) + 0.3);
    expect(generous.ifAccepted.style?.answers).toBe(6);
  });

  it('is judged by the samples of the first round, in its field of view, and is the same with an empty cache', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const second = await answer(network, slice, first, [{ kind: 'prompt', prompt: clickAt(90, 88) }], cache);
    const third = await answer(network, slice, second, [{ kind: 'prompt', prompt: clickAt(72, 70) }], cache);
    expect(third.input.first).toEqual({ input: first.input, crop: first.crop });
    expect(third.input.first).toBe(second.input.first);
    expect(await propose(fakeNetwork(), slice, third.input, new RoundCache())).toEqual(third);
  });
});
