import { SpaError } from '../../../extension/src/core/error';
import { dice, intersectionOverUnion } from '../../../extension/src/core/image/mask';
import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import { propose } from '../../../extension/src/core/session/round';
import { blobSlice, fakeNetwork } from '../network/fake-network';
import { allMasks, at, blob, clickAt, disc, input, slice } from '../a-blob-to-segment';

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

  it('says so where a click takes away all that there is', async () => {
    const speck = blobSlice({ ...blob, radius: 3 });
    const prompts = [clickAt(at.x, at.y), clickAt(at.x, at.y, false)];
    const crop = { centre: at, side: 24 };
    const nothing = propose(fakeNetwork(), speck, input({ prompts, crop }), new RoundCache());
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
