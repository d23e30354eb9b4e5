import { containsPixel, dice, intersectionOverUnion } from '../../../extension/src/core/image/mask';
import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import { answer, propose } from '../../../extension/src/core/session/round';
import { fakeDescription, fakeNetwork } from '../network/fake-network';
import { allMasks, at, clickAt, disc, input, slice } from '../a-blob-to-segment';

describe('answer', () => {
  it('moves the recommended mask towards the chosen candidate', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const generous = first.proposal.candidates.length - 1;
    const wanted = first.proposal.candidates[generous];
    if (wanted === undefined) throw new Error('no candidates');
    const second = await answer(network, slice, first, [{ kind: 'choose', candidate: generous }], cache);
    const before = intersectionOverUnion(first.proposal.recommended.mask, wanted.mask);
    expect(intersectionOverUnion(second.proposal.recommended.mask, wanted.mask)).toBeGreaterThan(before);
    expect(second.input.previous).toBe(wanted.mask);
    expect(second.input.preference.answers).toBe(1);
    expect(second.proposal.tendency?.generosity.mean).toBeGreaterThan(0.6);
  });

  it('shows as many cards in another field of view as a first proposal does there: nothing was said of the structure', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const crop = { ...first.crop, side: first.crop.side * 1.25 };
    const wider = await answer(network, slice, first, [{ kind: 'crop', crop }], cache);
    const there = await propose(network, slice, input({ crop: wider.crop }), cache);
    expect(there.proposal.candidates.length).toBeGreaterThan(2);
    expect(wider.proposal.candidates).toHaveLength(there.proposal.candidates.length);
  });

  it('encodes nothing anew while the field of view stays', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const before = network.runs.encode;
    const second = await answer(network, slice, first, [{ kind: 'prompt', prompt: clickAt(92, 72) }], cache);
    expect(second.crop).toBe(first.crop);
    expect(network.runs.encode).toBe(before);
  });

  it('looks again for what is meant where a click is wide of the mask, and keeps all clicks', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const far = { kind: 'prompt', prompt: clickAt(20, 20) } as const;
    const second = await answer(network, slice, first, [far], cache);
    expect(second.input.previous).toBeNull();
    expect(second.input.prompts).toEqual([...first.input.prompts, far.prompt]);
    expect(second.input.first?.input).toBe(first.input);
    expect(second.crop).not.toEqual(first.crop);
    const near = await answer(network, slice, first, [{ kind: 'prompt', prompt: clickAt(90, 86) }], cache);
    expect(near.input.previous).toBe(first.proposal.recommended.mask);
    const built = await answer(network, slice, near, [far], cache);
    expect(built.input.previous).toBe(near.proposal.recommended.mask);
  });

  it('shows no cards like those of a first proposal when it has looked again: an answer was given', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const again = await answer(network, slice, first, [{ kind: 'prompt', prompt: clickAt(20, 20) }], cache);
    expect(again.input.previous).toBeNull();
    const anew = await propose(network, slice, input({ prompts: again.input.prompts }), new RoundCache());
    expect(anew.proposal.candidates.length).toBeGreaterThan(1);
    expect(again.proposal.candidates.length).toBeLessThan(anew.proposal.candidates.length);
  });

  it('looks again after a choice as well, where the first click that corrects it is wide of it', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const choice = { kind: 'choose', candidate: 0 } as const;
    const far = { kind: 'prompt', prompt: clickAt(20, 20) } as const;
    const chosen = await answer(network, slice, first, [choice], cache);
    const oneByOne = await answer(network, slice, chosen, [far], cache);
    expect(oneByOne.input.previous).toBeNull();
    expect(oneByOne.input.contradicted).toBe(chosen.proposal.recommended.mask);
    const atOnce = await answer(network, slice, first, [choice, far], cache);
    expect(atOnce.input.previous).toBeNull();
    expect(atOnce.input.contradicted).toBe(first.proposal.candidates[0]?.mask);
    const near = { kind: 'prompt', prompt: clickAt(90, 80) } as const;
    const mended = await answer(network, slice, chosen, [near], cache);
    const built = await answer(network, slice, mended, [far], cache);
    expect(built.input.previous).toBe(mended.proposal.recommended.mask);
    expect(built.input.contradicted).toBeUndefined();
  });

  it('looks again for the structure that explains where the user clicked', async () => {
    // From near only the bright core is seen, from afar, where it is a pixel or two, the body around it.
    const values = Float32Array.from({ length: slice.width * slice.height }, (_, i) => {
      const distance = Math.hypot((i % slice.width) - at.x, Math.floor(i / slice.width) - at.y);
      return distance <= 3 ? 1000 : distance <= 30 ? 440 : 0;
    });
    const layered = { ...slice, key: 'layered', values };
    // The user was shown far too much, and takes away its middle: that of what lies around the body, or around the core.
    const foundBy = async (correction: RoundInput['prompts'][number]) => {
      const again = input({ prompts: [clickAt(at.x, at.y), correction], contradicted: disc(60, layered) });
      return (await propose(fakeNetwork(), layered, again, new RoundCache())).proposal.recommended.mask;
    };
    const found = (distance: number) => foundBy(clickAt(at.x + distance, at.y, false));
    expect(dice(await found(45), disc(30, layered))).toBeGreaterThan(0.85);
    expect((await found(35)).area).toBeLessThan(100);
    // Of a line what lies where the mask is wrong counts, not what lies beside it.
    const line = [35, 62, 66, 70, 74].map(distance => ({ x: at.x + distance, y: at.y }));
    expect((await foundBy({ kind: 'scribble', points: line, positive: false })).area).toBeLessThan(100);
  });

  it('tells the model where it doubted in the mask that a click corrects or that was chosen', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const shown: Float32Array[] = [];
    const prompt = network.prompt.bind(network);
    network.prompt = (features, tensors) => {
      if (tensors.kind === 'maps') shown.push(tensors.maps.slice(-(fakeDescription.inputSize ** 2)));
      return prompt(features, tensors);
    };
    const first = await propose(network, slice, input(), cache);
    const doubtful = (map: Float32Array | undefined) => map?.filter(p => p > 0.2 && p < 0.8).length ?? NaN;
    const corrected = await answer(
      network,
      slice,
      first,
      [{ kind: 'prompt', prompt: clickAt(90, 85) }],
      cache,
    );
    expect(corrected.input.refined?.crop).toEqual(first.crop);
    const asItIs = await propose(network, slice, { ...corrected.input, refined: null }, new RoundCache());
    expect(asItIs.input.previous).toBe(corrected.input.previous);
    const certain = doubtful(shown.at(-1));
    expect(doubtful(shown.at(-2))).toBeGreaterThan(2 * certain);
    const chosen = await answer(network, slice, first, [{ kind: 'choose', candidate: 0 }], cache);
    expect(chosen.input.refined?.crop).toEqual(first.crop);
    expect(doubtful(shown.at(-1))).toBeGreaterThan(2 * certain);
    const widened = await answer(network, slice, corrected, [{ kind: 'crop', crop: first.crop }], cache);
    expect(widened.input.refined).toBe(corrected.input.refined);
  });

  it('obeys every click, positive or negative, in all masks', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    let round = await propose(network, slice, input(), cache);
    const clicks = [clickAt(90, 88), clickAt(96, 70, false), clickAt(75, 60), clickAt(90, 66, false)];
    for (const [i, prompt] of clicks.entries()) {
      round = await answer(network, slice, round, [{ kind: 'prompt', prompt }], cache);
      for (const click of clicks.slice(0, i + 1)) {
        if (click.kind !== 'point') continue;
        for (const mask of allMasks(round)) {
          expect(containsPixel(mask, click.at.x, click.at.y)).toBe(click.positive);
        }
      }
    }
  });

  it('applies several answers in order and proposes once', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const decodes = network.runs.decode;
    const prompt = clickAt(90, 85);
    const second = await answer(
      network,
      slice,
      first,
      [
        { kind: 'choose', candidate: 1 },
        { kind: 'prompt', prompt },
      ],
      cache,
    );
    expect(network.runs.decode).toBe(decodes + 1);
    expect(second.input.prompts).toEqual([...first.input.prompts, prompt]);
    expect(second.input.previous).toBe(first.proposal.candidates[1]?.mask);
    expect(second.input.preference.answers).toBe(2);
  });

  it('gives the same round when the worker was replaced and the cache is empty', async () => {
    const cache = new RoundCache();
    const first = await propose(fakeNetwork(), slice, input(), cache);
    const warm = await answer(fakeNetwork(), slice, first, [{ kind: 'choose', candidate: 0 }], cache);
    const cold = await answer(
      fakeNetwork(),
      slice,
      first,
      [{ kind: 'choose', candidate: 0 }],
      new RoundCache(),
    );
    expect(cold).toEqual(warm);
  });

  it('keeps a field of view that was set by hand', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const crop = { centre: { x: 90, y: 70 }, side: 30 };
    const second = await answer(network, slice, first, [{ kind: 'crop', crop }], cache);
    expect(second.crop).toEqual(crop);
    expect(second.input.cropByHand).toBe(true);
    expect(second.input.preference).toEqual(first.input.preference);
    const third = await answer(network, slice, second, [{ kind: 'prompt', prompt: clickAt(92, 72) }], cache);
    expect(third.crop).toEqual(crop);
  });

  it('widens the field of view for a click outside it', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const far = clickAt(190, 150);
    const second = await answer(network, slice, first, [{ kind: 'prompt', prompt: far }], cache);
    expect(second.crop.side).toBeGreaterThan(first.crop.side);
    expect(containsPixel(second.proposal.recommended.mask, 190, 150)).toBe(true);
  });

  it('holds a bounded number of features over many rounds', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    let round = await propose(network, slice, input(), cache);
    for (let i = 0; i < 7; i++) {
      const crop = { centre: { x: 90, y: 70 }, side: 40 + i };
      round = await answer(network, slice, round, [{ kind: 'crop', crop }], cache);
    }
    expect(network.held.features).toBeLessThanOrEqual(4);
    cache.clear();
    expect(network.held.features).toBe(0);
  });

  it('does not mutate the round that it answers', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input(), cache);
    const before = structuredClone(first);
    await answer(network, slice, first, [{ kind: 'choose', candidate: 0 }], cache);
    expect(first).toEqual(before);
  });
});
