import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import type { RefinedMask } from '../../../extension/src/core/sampling/refined-mask';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import { propose } from '../../../extension/src/core/session/round';
import {
  blobSlice,
  fakeDescription,
  fakeNetwork,
  fakePrior,
  type FakeNetwork,
} from '../network/fake-network';

const slice = blobSlice({ x: 90, y: 70, radius: 25 });
const crop = { centre: { x: 90, y: 70 }, side: 60 };
const size = fakeDescription.outputSize;

/** A network that listens to the mask on which the user builds: the larger, the more willing are its samples. */
function listeningNetwork(): FakeNetwork {
  const network = fakeNetwork();
  const { prompt, decode } = network;
  const plane = fakeDescription.inputSize ** 2;
  const heard = new WeakMap<object, number>();
  network.prompt = async (features, prompts) => {
    const conditioning = await prompt(features, prompts);
    const previous = prompts.kind === 'maps' ? prompts.maps.slice(-plane) : new Float32Array();
    heard.set(conditioning, previous.reduce((sum, p) => sum + p, 0) / plane);
    return conditioning;
  };
  network.decode = async (conditioning, latents) => {
    const { logits } = await decode(conditioning, latents);
    const more = 20 * (heard.get(conditioning) ?? 0);
    return { logits: logits.map(logit => logit + more) };
  };
  return network;
}

/** A square around the blob's middle. */
function square(half: number): Mask {
  const { width, height } = slice;
  const pixels = Uint8Array.from({ length: width * height }, (_, i) =>
    Math.max(Math.abs((i % width) - 90), Math.abs(Math.floor(i / width) - 70)) <= half ? 1 : 0,
  );
  return encodeMask(pixels, width, height);
}

/** The model was sure of the upper `share` of the crop. */
function refined(share: number, on = crop): RefinedMask {
  const quarterLogits = new Int8Array(size * size).fill(-40).fill(40, 0, share * size * size);
  return { quarterLogits, crop: on, chosen: false };
}

const input: RoundInput = {
  prompts: [{ kind: 'point', at: { x: 90, y: 70 }, positive: true }],
  previous: square(6),
  refined: refined(0.5),
  crop,
  preference: fakePrior,
  seed: 7,
};
const { mixture } = fakePrior;

describe('what is kept of earlier rounds', () => {
  it.each<[string, Partial<RoundInput>, Partial<RoundInput>]>([
    ['click', {}, { prompts: [{ kind: 'point', at: { x: 96, y: 70 }, positive: true }] }],
    ['mask to build on', { refined: null }, { refined: null, previous: square(12) }],
    ['doubts of that mask', {}, { refined: refined(0.25) }],
    ['place of those doubts', {}, { refined: refined(0.5, { ...crop, side: 30 }) }],
    ['preference', {}, { preference: { ...fakePrior, mixture: { ...mixture, means: [[1, 0]] } } }],
    ['seed', {}, { seed: 8 }],
    ['field of view', {}, { crop: { ...crop, side: 50 } }],
  ])('is not used for another %s', async (_, one, other) => {
    const cache = new RoundCache();
    const fresh = [];
    for (const change of [one, other]) {
      const varied = { ...input, ...change };
      const round = await propose(listeningNetwork(), slice, varied, new RoundCache());
      expect(await propose(listeningNetwork(), slice, varied, cache)).toEqual(round);
      fresh.push({ mask: round.proposal.recommended.mask, ...round.ifAccepted });
    }
    expect(fresh[1]).not.toEqual(fresh[0]);
  });

  it('is not used for another slice', async () => {
    const cache = new RoundCache();
    const slices = [slice, blobSlice({ x: 94, y: 70, radius: 20 })];
    const fresh = [];
    for (const each of slices) {
      const round = await propose(listeningNetwork(), each, input, new RoundCache());
      expect(await propose(listeningNetwork(), each, input, cache)).toEqual(round);
      fresh.push(round.proposal.recommended.mask);
    }
    expect(fresh[1]).not.toEqual(fresh[0]);
  });
});
