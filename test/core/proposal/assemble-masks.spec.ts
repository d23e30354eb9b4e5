import { priorPreference } from '../../../extension/src/core/preference/engine';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import { logitsOf } from '../../../extension/src/core/sampling/refined-mask';
import { answer, propose } from '../../../extension/src/core/session/round';
import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import { blobSlice } from '../network/fake-network';
import { fakePointNetwork, samDescription } from '../network/fake-point-network';

const slice = blobSlice({ x: 30, y: 30, radius: 10 }, { width: 64, height: 64 });

const input: RoundInput = {
  prompts: [{ kind: 'point', at: { x: 32, y: 32 }, positive: true }],
  previous: null,
  crop: null,
  preference: priorPreference(samDescription),
  seed: 1,
};

describe('a round of a plain SAM', () => {
  it('recommends the mask of the best predicted quality and offers the others', async () => {
    const { proposal } = await propose(fakePointNetwork(samDescription), slice, input, new RoundCache());
    expect(proposal.recommended.members).toEqual([1]);
    expect(proposal.candidates.map(candidate => candidate.members)).toEqual([[0], [2]]);
    expect(proposal.candidates[0]?.mask.area).toBeLessThan(proposal.recommended.mask.area);
  });

  it('goes on from the logits of the recommended mask when a click corrects it', async () => {
    const network = fakePointNetwork(samDescription);
    const cache = new RoundCache();
    const first = await propose(network, slice, input, cache);
    const prompt = { kind: 'point', at: { x: 60, y: 60 }, positive: false } as const;
    const next = await answer(network, slice, first, [{ kind: 'prompt', prompt }], cache);
    const mask = network.told.prompts[1]?.mask ?? new Float32Array();
    // Beside the middle of the disc of radius 4.
    expect(Math.abs((mask[8 * 16 + 8] ?? 0) - 4)).toBeLessThan(0.6);
    expect(next.proposal.recommended.members).toEqual([1]);
    expect(next.input.refined?.chosen).toBe(false);
  });

  it('stays with the candidate chosen, whatever quality is predicted for it', async () => {
    const network = fakePointNetwork(samDescription);
    const cache = new RoundCache();
    const first = await propose(network, slice, input, cache);
    const next = await answer(network, slice, first, [{ kind: 'choose', candidate: 1 }], cache);
    expect(next.proposal.recommended.members).toEqual([2]);
    const mask = network.told.prompts[1]?.mask ?? new Float32Array();
    expect(Math.abs((mask[8 * 16 + 8] ?? 0) - 6)).toBeLessThan(0.6);
    expect(next.input.prompts).toHaveLength(1);
  });

  it('trusts the predicted quality again once a click corrects the candidate that was chosen', async () => {
    const network = fakePointNetwork(samDescription);
    const cache = new RoundCache();
    const first = await propose(network, slice, input, cache);
    const prompt = { kind: 'point', at: { x: 60, y: 60 }, positive: false } as const;
    const answers = [
      { kind: 'choose', candidate: 1 },
      { kind: 'prompt', prompt },
    ] as const;
    const next = await answer(network, slice, first, answers, cache);
    expect(next.input.refined?.chosen).toBe(false);
    expect(next.proposal.recommended.members).toEqual([1]);
    const mask = network.told.prompts[1]?.mask ?? new Float32Array();
    expect(Math.abs((mask[8 * 16 + 8] ?? 0) - 6)).toBeLessThan(0.6);
  });

  it('learns nothing', async () => {
    const network = fakePointNetwork(samDescription);
    const cache = new RoundCache();
    const first = await propose(network, slice, input, cache);
    const next = await answer(network, slice, first, [{ kind: 'choose', candidate: 1 }], cache);
    expect(next.input.preference).toEqual(input.preference);
    expect(first.ifAccepted).toEqual(input.preference);
  });

  it('is computed anew from its input alone', async () => {
    const network = fakePointNetwork(samDescription);
    const first = await propose(network, slice, input, new RoundCache());
    const next = await answer(network, slice, first, [{ kind: 'choose', candidate: 1 }], new RoundCache());
    const again = await propose(network, slice, next.input, new RoundCache());
    expect(again.proposal).toEqual(next.proposal);
    expect(logitsOf(next.input.refined ?? { quarterLogits: new Int8Array() })).toHaveLength(256);
  });
});
