import { SpaError } from '../../../extension/src/core/error';
import { containsPixel } from '../../../extension/src/core/image/mask';
import { priorPreference } from '../../../extension/src/core/preference/engine';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import { answer, propose } from '../../../extension/src/core/session/round';
import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import { blobSlice } from '../network/fake-network';
import { fakePointNetwork, publishedDescription } from '../network/fake-point-network';

const slice = blobSlice({ x: 30, y: 30, radius: 10 }, { width: 64, height: 48 });

function input(x: number, y: number): RoundInput {
  return {
    prompts: [{ kind: 'point', at: { x, y }, positive: true }],
    previous: null,
    crop: null,
    preference: priorPreference(publishedDescription),
    seed: 1,
  };
}

describe('a round of the published method', () => {
  it('sees the whole slice, padded to a square, and is told rows first', async () => {
    const network = fakePointNetwork(publishedDescription);
    const round = await propose(network, slice, input(33, 21), new RoundCache());
    expect(round.crop).toEqual({ centre: { x: 31.5, y: 31.5 }, side: 64 });
    expect(Array.from(network.told.prompts[0]?.points ?? [])).toEqual([21, 33]);
    expect(network.told.responsibilities).toEqual([[0.75, 0.25]]);
  });

  it('recommends whole pixels of its grid, as the published program enlarges them, and nothing beside the image', async () => {
    const network = fakePointNetwork(publishedDescription);
    const { proposal } = await propose(network, slice, input(33, 45), new RoundCache());
    const { mask } = proposal.recommended;
    for (let y = 0; y < 48; y += 4) {
      for (let x = 0; x < 64; x += 4) {
        const inside = [0, 1, 2, 3].flatMap(v => [0, 1, 2, 3].map(u => containsPixel(mask, x + u, y + v)));
        expect(new Set(inside).size).toBe(1);
      }
    }
    expect(mask.height).toBe(48);
    expect(containsPixel(mask, 33, 45)).toBe(true);
  });

  it('offers at most four candidates that can be told apart, each with the samples it stands for', async () => {
    const network = fakePointNetwork(publishedDescription);
    const { proposal } = await propose(network, slice, input(33, 21), new RoundCache());
    expect(proposal.candidates.length).toBeGreaterThan(0);
    expect(proposal.candidates.length).toBeLessThanOrEqual(4);
    const members = proposal.candidates.flatMap(candidate => candidate.members ?? []);
    expect(new Set(members).size).toBe(members.length);
    expect(proposal.tendency).toBeNull();
  });

  it('turns a choice into a click and into the responsibilities that the next weights come from', async () => {
    const network = fakePointNetwork(publishedDescription);
    const cache = new RoundCache();
    const first = await propose(network, slice, input(33, 21), cache);
    const next = await answer(network, slice, first, [{ kind: 'choose', candidate: 0 }], cache);
    expect(next.input.prompts).toHaveLength(2);
    expect(next.input.preference.mixture.weights).not.toEqual([0.75, 0.25]);
    expect(network.told.responsibilities[1]).toEqual(
      next.input.preference.mixture.weights.map(weight => Math.fround(weight)),
    );
    const { at } = next.input.prompts[1] as { at: { x: number; y: number } };
    expect([at.x % 1, at.y % 1]).toEqual([0, 0]);
  });

  it('derives no click beside the image, where its samples may differ most', async () => {
    const network = fakePointNetwork(publishedDescription);
    // Six show a quarter of the image, six the half, and only the former what pads it to a square, surer than anything.
    const logits = Float32Array.from({ length: 12 * 256 }, (_, i) => {
      const [sample, u, v] = [Math.floor(i / 256), i % 16, Math.floor(i / 16) % 16];
      if (v >= 12) return sample < 6 ? 9 : -9;
      return u < (sample < 6 ? 4 : 8) ? 2 : -2;
    });
    const padded = { ...network, decode: async () => ({ logits }) };
    const cache = new RoundCache();
    const first = await propose(padded, slice, input(33, 21), cache);
    const next = await answer(padded, slice, first, [{ kind: 'choose', candidate: 0 }], cache);
    expect(next.input.prompts).toEqual(first.input.prompts);
  });

  it('takes a click of the user as one more prompt that changes no responsibilities', async () => {
    const network = fakePointNetwork(publishedDescription);
    const cache = new RoundCache();
    const first = await propose(network, slice, input(33, 21), cache);
    const click = { kind: 'point', at: { x: 50, y: 20 }, positive: false } as const;
    const next = await answer(network, slice, first, [{ kind: 'prompt', prompt: click }], cache);
    expect(Array.from(network.told.prompts[1]?.labels ?? [])).toEqual([1, 0]);
    expect(next.input.preference.mixture.weights).toEqual([0.75, 0.25]);
    expect(network.told.responsibilities[1]).toEqual([0.75, 0.25]);
    expect(next.crop).toEqual(first.crop);
  });

  it('gives the same round for the same input', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() =>
        propose(fakePointNetwork(publishedDescription), slice, input(33, 21), new RoundCache()),
      ),
    );
    expect(one).toEqual(other);
  });

  it('says so where no sample shows anything', async () => {
    const network = fakePointNetwork(publishedDescription);
    const empty = { ...network, decode: async () => ({ logits: new Float32Array(12 * 256).fill(-9) }) };
    await expect(propose(empty, slice, input(33, 21), new RoundCache())).rejects.toThrow(SpaError);
  });

  it('recommends by the mean logit: a few samples that are sure outweigh more that are not', async () => {
    const network = fakePointNetwork(publishedDescription);
    // Four are sure of the left half, four of a quarter beside it; each time the other eight say outside, but not for certain.
    const logits = Float32Array.from({ length: 12 * 256 }, (_, i) => {
      const [sample, u] = [Math.floor(i / 256), i % 16];
      return (sample < 4 && u < 8) || (sample >= 8 && u >= 8 && u < 12) ? 9 : -2;
    });
    const { proposal } = await propose(
      { ...network, decode: async () => ({ logits }) },
      slice,
      input(33, 21),
      new RoundCache(),
    );
    expect(proposal.recommended.mask.area).toBe(48 * 48);
    expect(proposal.candidates.map(({ mask }) => mask.area)).toEqual([16 * 48, 32 * 48]);
  });

  it('recommends what most samples show where their mean logit shows nothing', async () => {
    const network = fakePointNetwork(publishedDescription);
    // Eight of twelve say a little inside on one half, four say outside with certainty: the mean logit is below the threshold everywhere.
    const logits = Float32Array.from({ length: 12 * 256 }, (_, i) =>
      i < 8 * 256 ? (i % 16 < 8 ? 1 : -1) : -50,
    );
    const round = await propose(
      { ...network, decode: async () => ({ logits }) },
      slice,
      input(33, 21),
      new RoundCache(),
    );
    expect(round.proposal.recommended.mask.area).toBe(32 * 48);
  });

  it('recommends then what more samples show, whichever are drawn first', async () => {
    const network = fakePointNetwork(publishedDescription);
    // Three say a quarter, six the half on the other side; three say outside with certainty.
    const logits = Float32Array.from({ length: 12 * 256 }, (_, i) =>
      i < 3 * 256 ? (i % 16 < 4 ? 1 : -1) : i < 9 * 256 ? (i % 16 < 8 ? -1 : 1) : -50,
    );
    const { proposal } = await propose(
      { ...network, decode: async () => ({ logits }) },
      slice,
      input(33, 21),
      new RoundCache(),
    );
    expect(proposal.recommended.mask.area).toBe(32 * 48);
    expect(proposal.candidates.map(({ mask, share }) => [mask.area, share])).toEqual([[16 * 48, 0.25]]);
  });
});
