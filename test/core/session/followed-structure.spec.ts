import { boundsOf, containsPixel, encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import { priorPreference } from '../../../extension/src/core/preference/engine';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';
import type { Round } from '../../../extension/src/core/proposal/proposal';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import { answer, propose } from '../../../extension/src/core/session/round';
import { sessionReducer, type SessionEvent } from '../../../extension/src/core/session/session';
import {
  initialSession,
  visiblePrompts,
  type SessionState,
} from '../../../extension/src/core/session/session-state';
import { emptyMask } from '../image/empty-mask';
import { blobSlice, fakeNetwork } from '../network/fake-network';

const next = blobSlice({ x: 94, y: 66, radius: 30 });

/** What was accepted on the image before: a disc, and a speck apart from it. */
function accepted(radius: number): Mask {
  const { width, height } = next;
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return Math.hypot(x - 90, y - 70) <= radius || (x < 3 && y < 3) ? 1 : 0;
  });
  return encodeMask(pixels, width, height);
}

function run(state: SessionState, ...events: SessionEvent[]): SessionState {
  return events.reduce(sessionReducer, state);
}

const empty = run(
  initialSession(1),
  { type: 'bundleLoaded', prior: priorPreference(fakeNetwork().description) },
  { type: 'sliceShown', slice: 'image 2' },
);
const follow: SessionEvent = { type: 'structureFollowed', mask: accepted(12) };

function inputOf({ pending }: SessionState): RoundInput {
  if (pending?.kind !== 'propose') throw new Error('no first round is pending');
  return pending.input;
}

function followed(on = next, mask = accepted(12)): Promise<Round> {
  const input = inputOf(run(empty, { type: 'structureFollowed', mask }));
  return propose(fakeNetwork(), on, input, new RoundCache());
}

describe('a structure that is followed to the next image', () => {
  it('is looked for where the accepted mask was deepest, as if the user had clicked there', () => {
    const state = run(empty, follow);
    expect(visiblePrompts(state)).toEqual([{ kind: 'point', at: { x: 90, y: 70 }, positive: true }]);
    expect(inputOf(state).previous).toBeNull();
  });

  it('is seen at once in a view that suits its largest part, with nothing tried before', async () => {
    const wanted = blobSlice({ x: 90, y: 70, radius: 25 });
    const round = await followed(wanted, accepted(20));
    const far = await followed(wanted, accepted(5));
    expect(round.crop.side).toBeGreaterThan(far.crop.side);
    const network = fakeNetwork();
    await propose(network, wanted, inputOf(run(empty, follow)), new RoundCache());
    const looking = fakeNetwork();
    const prompts = visiblePrompts(run(empty, follow));
    const clicked = run(empty, { type: 'promptPlaced', prompt: prompts[0] as Prompt });
    await propose(looking, wanted, inputOf(clicked), new RoundCache());
    expect(network.runs.encode).toBeLessThan(looking.runs.encode);
  });

  it('is drawn as it is on that image, not copied', async () => {
    const { mask } = (await followed()).proposal.recommended;
    const bounds = boundsOf(mask);
    expect(((bounds?.left ?? 0) + (bounds?.right ?? 0)) / 2).toBeCloseTo(94, 0);
    expect(((bounds?.top ?? 0) + (bounds?.bottom ?? 0)) / 2).toBeCloseTo(66, 0);
    expect(containsPixel(mask, 1, 1)).toBe(false);
  });

  it('is corrected like any other first proposal', async () => {
    const round = await followed();
    const corrected = await answer(
      fakeNetwork(),
      next,
      round,
      [{ kind: 'prompt', prompt: { kind: 'point', at: { x: 90, y: 70 }, positive: false } }],
      new RoundCache(),
    );
    expect(containsPixel(corrected.proposal.recommended.mask, 90, 70)).toBe(false);
    expect(corrected.input.first?.input).toBe(round.input);
  });

  it('takes a click that comes while it is looked for', () => {
    const click: Prompt = { kind: 'point', at: { x: 99, y: 60 }, positive: true };
    const state = run(empty, follow, { type: 'promptPlaced', prompt: click });
    expect(inputOf(state).prompts).toHaveLength(2);
    expect(inputOf(state).followed).toEqual(inputOf(run(empty, follow)).followed);
  });

  it('is looked for in the same view when another bundle takes over or what was learnt is forgotten', async () => {
    const prior = priorPreference(fakeNetwork().description);
    const pending = run(empty, follow);
    const id = pending.pending?.id ?? 0;
    const shown = run(pending, { type: 'roundProposed', id, round: await followed() });
    const wanted = inputOf(pending).followed;
    for (const state of [pending, shown]) {
      expect(inputOf(run(state, { type: 'preferenceForgotten' })).followed).toEqual(wanted);
      expect(inputOf(run(state, { type: 'bundleSwitched', prior })).followed).toEqual(wanted);
    }
  });

  it('starts nothing without an image or a bundle, beside other work, or from an empty mask', () => {
    const noBundle = run(initialSession(1), { type: 'sliceShown', slice: 'image 2' });
    expect(run(noBundle, follow)).toBe(noBundle);
    const left = run(empty, { type: 'sliceShown', slice: null });
    expect(run(left, follow)).toBe(left);
    const busy = run(empty, follow);
    expect(run(busy, follow)).toBe(busy);
    const nothing: SessionEvent = { type: 'structureFollowed', mask: emptyMask(next.width, next.height) };
    expect(run(empty, nothing)).toBe(empty);
  });
});
