import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import { MEMORY } from '../../../extension/src/core/preference/agreement';
import type { Round } from '../../../extension/src/core/proposal/proposal';
import { answer, propose } from '../../../extension/src/core/session/round';
import { drawnWider, fakeNetwork } from '../network/fake-network';
import { allMasks, input, slice } from '../a-blob-to-segment';

describe('a learnt margin', () => {
  it('is learnt from every mask that is accepted: how far it lies outside of what the style would draw', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const asDrawn = await propose(network, slice, input(), cache);
    const margin = asDrawn.ifAccepted.style?.margins?.mm;
    expect(margin?.cases).toBe(1);
    expect(Math.abs(margin?.sum ?? NaN)).toBeLessThan(1);
    const wider = await propose(network, slice, input({ preference: drawnWider }), cache);
    const { sum = 0 } = wider.ifAccepted.style?.margins?.mm ?? {};
    expect(sum - MEMORY * (drawnWider.style?.margins?.mm?.sum ?? NaN)).toBeCloseTo(4, 0);
  });

  it('moves the border of all masks of a first proposal, and of none that builds on it', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const plain = await propose(network, slice, input(), cache);
    const wider = await propose(network, slice, input({ preference: drawnWider }), cache);
    const radius = ({ proposal }: Round): number => Math.sqrt(proposal.recommended.mask.area / Math.PI);
    expect(radius(wider) - radius(plain)).toBeCloseTo(4, 0);
    const smallest = (round: Round): number => Math.min(...allMasks(round).map(({ area }) => area));
    expect(smallest(wider)).toBeGreaterThan(1.5 * smallest(plain));
    const chosen = wider.proposal.candidates.length - 1;
    const next = await answer(network, slice, wider, [{ kind: 'choose', candidate: chosen }], cache);
    expect(next.proposal.recommended.mask.area).toBeLessThanOrEqual(
      1.05 * (wider.proposal.candidates[chosen]?.mask.area ?? 0),
    );
  });
});
