import { SpaError } from '../../../extension/src/core/error';
import {
  containsPixel,
  dice,
  encodeMask,
  intersectionOverUnion,
} from '../../../extension/src/core/image/mask';
import type { Round, RoundInput } from '../../../extension/src/core/proposal/proposal';
import { answer, propose, uncertainty } from '../../../extension/src/core/session/round';
import { RoundCache } from '../../../extension/src/core/network/round-cache';
import type { Slice } from '../../../extension/src/core/image/slice';
import { blobSlice, drawnWider, fakeDescription, fakeNetwork, fakePrior } from '../network/fake-network';

const blob = { x: 90, y: 70, radius: 25 };
const slice = blobSlice(blob);
const at = { x: 90, y: 70 };

function clickAt(x: number, y: number, positive = true): RoundInput['prompts'][number] {
  return { kind: 'point', at: { x, y }, positive };
}

function input(change: Partial<RoundInput> = {}): RoundInput {
  return {
    prompts: [clickAt(at.x, at.y)],
    previous: null,
    crop: null,
    preference: fakePrior,
    seed: 7,
    ...change,
  };
}

function disc(radius: number, on: Slice = slice) {
  const pixels = new Uint8Array(on.width * on.height);
  for (let i = 0; i < pixels.length; i++) {
    const x = i % on.width;
    const y = Math.floor(i / on.width);
    pixels[i] = Math.hypot(x - blob.x, y - blob.y) <= radius ? 1 : 0;
  }
  return encodeMask(pixels, on.width, on.height);
}

const allMasks = (round: Round) => [
  round.proposal.recommended.mask,
  ...round.proposal.candidates.map(candidate => candidate.mask),
];

describe('propose', () => {
  it('finds the structure at the click, at its place and size', async () => {
    const round = await propose(fakeNetwork(), slice, input(), new RoundCache());
    expect(dice(round.proposal.recommended.mask, disc(12.5))).toBeGreaterThan(0.93);
  });

  it.each([
    ['blank', { values: new Float32Array(slice.values.length).fill(3) }],
    ['all white in its window', { window: { lower: -2000, upper: -1000 } }],
  ])('finds nothing in an image that is %s, whatever the model would say of it', async (_how, shown) => {
    const blank = { ...slice, ...shown, key: 'blank' };
    await expect(propose(fakeNetwork(), blank, input(), new RoundCache())).rejects.toMatchObject({
      code: 'nothing-found',
    });
  });

  it('offers candidates that differ from each other and from the recommended mask, ascending by area', async () => {
    const round = await propose(fakeNetwork(), slice, input(), new RoundCache());
    const masks = allMasks(round);
    expect(round.proposal.candidates.length).toBeGreaterThanOrEqual(3);
    expect(round.proposal.candidates.length).toBeLessThanOrEqual(4);
    masks.forEach((a, i) =>
      masks.slice(i + 1).forEach(b => expect(intersectionOverUnion(a, b)).toBeLessThanOrEqual(0.92)),
    );
    const areas = round.proposal.candidates.map(candidate => candidate.mask.area);
    expect(areas).toEqual([...areas].sort((a, b) => a - b));
  });

  it('offers hardly anything to choose from where readers would draw the same', async () => {
    const network = fakeNetwork();
    const { decode } = network;
    // A reader's wish counts a tenth: all samples are alike.
    network.decode = (conditioning, latents) =>
      decode(
        conditioning,
        latents.map(z => z / 10),
      );
    const round = await propose(network, slice, input(), new RoundCache());
    expect(round.proposal.candidates.length).toBeLessThanOrEqual(1);
  });

  it('gives the same round for the same input, whatever is in the cache', async () => {
    const cache = new RoundCache();
    const first = await propose(fakeNetwork(), slice, input(), cache);
    const again = await propose(fakeNetwork(), slice, input(), cache);
    const fresh = await propose(fakeNetwork(), slice, input(), new RoundCache());
    expect(again).toEqual(first);
    expect(fresh).toEqual(first);
  });

  it('gives another draw for another seed', async () => {
    const first = await propose(fakeNetwork(), slice, input(), new RoundCache());
    const second = await propose(fakeNetwork(), slice, input({ seed: 8 }), new RoundCache());
    expect(second.ifAccepted).not.toEqual(first.ifAccepted);
  });

  it('looks no farther than a small structure asks for', async () => {
    const wide = { width: 1024, height: 1024 };
    const runs = async (radius: number): Promise<number> => {
      const network = fakeNetwork();
      const prompts = [clickAt(500, 500)];
      await propose(
        network,
        blobSlice({ x: 500, y: 500, radius }, wide),
        input({ prompts }),
        new RoundCache(),
      );
      return network.runs.encode;
    };
    expect(await runs(12)).toBeLessThan(await runs(400));
    expect(await runs(400)).toBeLessThanOrEqual(7);
  });

  it('does not cut off a large structure', async () => {
    const large = blobSlice({ x: 200, y: 200, radius: 350 }, { width: 400, height: 400 });
    const prompts = [clickAt(200, 200)];
    const round = await propose(fakeNetwork(), large, input({ prompts }), new RoundCache());
    expect(round.crop.side).toBeGreaterThan(350);
  });

  it('zooms in on a small structure and out for a large one', async () => {
    const small = await propose(fakeNetwork(), blobSlice({ ...blob, radius: 12 }), input(), new RoundCache());
    const large = await propose(
      fakeNetwork(),
      blobSlice({ ...blob, radius: 140 }),
      input(),
      new RoundCache(),
    );
    expect(small.crop.side).toBeLessThan(50);
    expect(large.crop.side).toBeGreaterThan(150);
  });

  it('takes a field of view as it is given', async () => {
    const crop = { centre: { x: 88, y: 72 }, side: 77 };
    const round = await propose(fakeNetwork(), slice, input({ crop }), new RoundCache());
    expect(round.crop).toEqual(crop);
  });

  it('refuses a click outside the image in words', async () => {
    const outside = propose(fakeNetwork(), slice, input({ prompts: [clickAt(500, 10)] }), new RoundCache());
    await expect(outside).rejects.toMatchObject({ code: 'prompt-outside' });
  });

  it('says that it found nothing where there is nothing', async () => {
    const nothing = propose(fakeNetwork(), slice, input({ prompts: [clickAt(5, 5)] }), new RoundCache());
    await expect(nothing).rejects.toBeInstanceOf(SpaError);
    await expect(nothing).rejects.toMatchObject({ code: 'nothing-found' });
  });

  it('works from a box alone', async () => {
    const box = { kind: 'box', from: { x: 76, y: 56 }, to: { x: 104, y: 84 } } as const;
    const round = await propose(fakeNetwork(), slice, input({ prompts: [box] }), new RoundCache());
    expect(dice(round.proposal.recommended.mask, disc(12.5))).toBeGreaterThan(0.9);
  });

  it('stops with the reason of the signal, before the next stage', async () => {
    const controller = new AbortController();
    const network = fakeNetwork();
    const { encode } = network;
    network.encode = async image => {
      controller.abort(new Error('overtaken'));
      return encode(image);
    };
    const run = propose(network, slice, input(), new RoundCache(), controller.signal);
    await expect(run).rejects.toThrow('overtaken');
    expect(network.runs.prompt).toBe(0);
  });

  it('holds no conditioning after a round, an error or an abort', async () => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    await propose(network, slice, input(), cache);
    await propose(network, slice, input({ prompts: [clickAt(5, 5)] }), cache).catch(() => undefined);
    const controller = new AbortController();
    const { decode } = network;
    network.decode = async (conditioning, latents) => {
      controller.abort();
      return decode(conditioning, latents);
    };
    await propose(network, slice, input({ seed: 9 }), cache, controller.signal).catch(() => undefined);
    expect(controller.signal.aborted).toBe(true);
    expect(network.held.conditionings).toBe(0);
  });
});

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

describe('a learnt margin', () => {
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
