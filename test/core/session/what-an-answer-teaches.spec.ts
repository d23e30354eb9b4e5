import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import type { Round } from '../../../extension/src/core/proposal/proposal';
import { answer, propose } from '../../../extension/src/core/session/round';
import { input, slice } from '../a-blob-to-segment';
import { fakeDescription, fakeNetwork, type FakeNetwork } from '../network/fake-network';

/** A network that draws the mask on which the user builds and nothing else, as trained ones nearly do: its later samples are all alike. */
function followingNetwork(): FakeNetwork {
  const network = fakeNetwork();
  const { prompt, decode } = network;
  const plane = fakeDescription.inputSize ** 2;
  const built = new WeakMap<object, Float32Array>();
  network.prompt = async (features, prompts) => {
    const conditioning = await prompt(features, prompts);
    const previous = prompts.kind === 'maps' ? prompts.maps.slice(-plane) : new Float32Array();
    if (previous.some(p => p > 0.5)) built.set(conditioning, previous);
    return conditioning;
  };
  network.decode = async (conditioning, latents) => {
    const mask = built.get(conditioning);
    const decoded = await decode(conditioning, latents);
    if (mask === undefined) return decoded;
    return { logits: decoded.logits.map((_, i) => 20 * ((mask[i % plane] ?? 0) - 0.5)) };
  };
  return network;
}

describe('what an answer teaches', () => {
  it('is judged by the samples of the first round when a mask is accepted: later ones follow the mask that the user built', async () => {
    const network = followingNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const generous = first.proposal.candidates.length - 1;
    const second = await answer(network, slice, first, [{ kind: 'choose', candidate: generous }], cache);
    expect(second.proposal.recommended.mask.area).toBeGreaterThan(1.3 * first.proposal.recommended.mask.area);
    expect(second.ifAccepted.style?.terms[0]?.[0]).toBeGreaterThan(0.05);
  });

  it('is nothing where another structure is chosen: that says what is meant, not how it is drawn', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const offered = (otherStructure: boolean): Round => {
      const candidates = first.proposal.candidates.map(
        ({ mask, statistics, areaDifferencePercent, share }) => ({
          mask,
          statistics,
          areaDifferencePercent,
          share,
          otherStructure,
        }),
      );
      return { ...first, proposal: { ...first.proposal, candidates } };
    };
    const choice = { kind: 'choose', candidate: 0 } as const;
    const another = await answer(network, slice, offered(true), [choice], cache);
    expect(another.input.preference).toEqual(first.input.preference);
    expect(another.input.previous).toBe(first.proposal.candidates[0]?.mask);
    const same = await answer(network, slice, offered(false), [choice], cache);
    expect(same.input.preference.answers).toBe(1);
  });
});
