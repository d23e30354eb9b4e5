import type { SessionEvent } from '../../../extension/src/core/session/session';
import {
  currentRound,
  initialSession,
  learntPreference,
} from '../../../extension/src/core/session/session-state';
import {
  choose,
  click,
  currentRequestInput,
  preferenceOf,
  prior,
  propose,
  proposing,
  roundOf,
  run,
} from './session-at-work';

describe('what was learnt', () => {
  it('is kept by accepting and goes along to the next slice, tempered by the prior', () => {
    const accepted = run(proposing, { type: 'accepted' });
    expect(accepted.preference).toBe(currentRound(proposing)?.ifAccepted);
    expect(currentRound(accepted)).toBeNull();
    expect(accepted.justAccepted).toBe(true);
    const next = run(
      accepted,
      { type: 'sliceShown', slice: 'image 2' },
      { type: 'promptPlaced', prompt: click(1) },
    );
    const mixture = currentRequestInput(next).preference.mixture;
    expect(mixture.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(mixture.means).toEqual([[1], [0]]);
    expect(next.justAccepted).toBe(false);
  });

  it('goes along when the user moves on without accepting', () => {
    const moved = run(propose(run(proposing, choose)), { type: 'sliceShown', slice: 'image 2' });
    expect(moved.preference?.answers).toBe(1);
    expect(moved.history).toEqual([null]);
  });

  it('is not diluted by paging through slices', () => {
    const accepted = run(proposing, { type: 'accepted' });
    const paged = run(
      accepted,
      ...['2', '3', '4'].map((slice): SessionEvent => ({ type: 'sliceShown', slice })),
    );
    expect(paged.preference).toBe(accepted.preference);
  });

  it('is not diluted either by proposals that nobody answered', () => {
    let state = run(proposing, { type: 'accepted' });
    const { preference } = state;
    for (const slice of ['2', '3', '4']) {
      state = run(state, { type: 'sliceShown', slice }, { type: 'promptPlaced', prompt: click(1) });
      state = propose(state);
      expect(learntPreference(state)).toBe(preference);
    }
  });

  it('is forgotten with a request that failed, which is made anew without it', () => {
    const learnt = run(
      proposing,
      { type: 'accepted' },
      { type: 'sliceShown', slice: 'image 2' },
      { type: 'promptPlaced', prompt: click(1) },
    );
    const failed = run(learnt, { type: 'roundFailed', id: learnt.requests });
    const forgotten = run(failed, { type: 'preferenceForgotten' });
    expect(currentRequestInput(forgotten)).toMatchObject({ preference: prior, prompts: [click(1)] });
  });

  it('is forgotten without losing a click that failed', () => {
    const clicked = run(proposing, { type: 'promptPlaced', prompt: click(2) });
    const failed = run(clicked, { type: 'roundFailed', id: clicked.requests });
    const forgotten = run(failed, { type: 'preferenceForgotten' });
    expect(currentRequestInput(forgotten).prompts).toEqual([click(1), click(2)]);
  });

  it('is forgotten on request, and the round in work proposed anew without it', () => {
    const learnt = propose(run(proposing, choose));
    const forgotten = run(learnt, { type: 'preferenceForgotten' });
    expect(forgotten.preference).toBe(prior);
    expect(forgotten.pending).toMatchObject({
      kind: 'propose',
      input: { preference: prior, prompts: [click(1)], crop: currentRound(learnt)?.crop },
    });
    expect(learntPreference(propose(forgotten))?.answers).toBe(0);
  });

  const anew = roundOf({ prompts: [click(1)], previous: null, crop: null, preference: prior, seed: 7 });
  it.each<[string, SessionEvent[]]>([
    ['before the round is proposed anew', []],
    ['when that fails', [{ type: 'roundFailed', id: 3 }]],
    ['when that is undone', [{ type: 'roundProposed', id: 3, round: anew }, { type: 'undone' }]],
  ])('does not come back from a round on show that it was learnt in: %s', (_, events) => {
    const learnt = propose(run(proposing, choose));
    const forgotten = run(learnt, { type: 'preferenceForgotten' });
    expect(forgotten.pending?.id).toBe(3);
    const after = run(forgotten, ...events);
    expect(currentRound(after)).toBe(currentRound(learnt));
    expect(learntPreference(after)).toBe(prior);
    expect(run(after, { type: 'sliceShown', slice: 'image 2' }).preference).toBe(prior);
    const accepted = run(after, { type: 'cancelled' }, { type: 'accepted' });
    expect(accepted.preference?.answers ?? 0).toBe(0);
  });

  it('is forgotten in a first round that is on its way as well, whose click stays', () => {
    const learnt = propose(run(proposing, choose));
    const moved = run(
      learnt,
      { type: 'sliceShown', slice: 'image 2' },
      { type: 'promptPlaced', prompt: click(7) },
    );
    const state = run(moved, { type: 'preferenceForgotten' });
    expect(currentRequestInput(state).prompts).toEqual([click(7)]);
    expect(currentRequestInput(state).preference).toEqual(prior);
  });

  it('is forgotten without the click that was on its way being lost', () => {
    const corrected = run(propose(run(proposing, choose)), { type: 'promptPlaced', prompt: click(9) });
    const state = run(corrected, { type: 'preferenceForgotten' });
    expect(currentRequestInput(state).prompts).toEqual([click(1), click(9)]);
    expect(currentRequestInput(state).preference).toBe(prior);
  });

  it('does not survive another bundle, whose latent means something else', () => {
    const accepted = run(proposing, { type: 'accepted' });
    expect(run(accepted, { type: 'bundleLoaded', prior: preferenceOf(0, 5) }).preference).toEqual(
      preferenceOf(0, 5),
    );
  });
});

describe('what was learnt at another time', () => {
  const recalled = preferenceOf(4);
  const begun = run(
    initialSession(1),
    { type: 'bundleLoaded', prior, recalled },
    { type: 'sliceShown', slice: 'a' },
  );

  it('is what the first round begins with', () => {
    const state = run(begun, { type: 'promptPlaced', prompt: click(1) });
    expect(currentRequestInput(state).preference).toMatchObject({ answers: 4 });
    expect(currentRequestInput(state).preference).not.toEqual(prior);
  });

  it('is forgotten like what was learnt just now', () => {
    const state = run(begun, { type: 'preferenceForgotten' }, { type: 'promptPlaced', prompt: click(1) });
    expect(currentRequestInput(state).preference).toBe(prior);
  });

  it('may come while a slice is in work, and is then for the next one', () => {
    const work = propose(run(begun, { type: 'promptPlaced', prompt: click(1) }));
    const state = run(work, { type: 'preferenceRecalled', preference: preferenceOf(9) });
    expect(currentRound(state)).toBe(currentRound(work));
    const next = run(state, { type: 'sliceShown', slice: 'b' }, { type: 'promptPlaced', prompt: click(1) });
    expect(currentRequestInput(next).preference.answers).toBe(9);
    expect(
      run(initialSession(1), { type: 'preferenceRecalled', preference: recalled }).preference,
    ).toBeNull();
  });

  it('is what another bundle proposes with, if it was learnt with that one', () => {
    const work = propose(run(begun, { type: 'promptPlaced', prompt: click(1) }));
    const other = preferenceOf(2, 9);
    const switched = run(work, { type: 'bundleSwitched', prior: preferenceOf(0, 9), recalled: other });
    expect(switched.preference).toBe(other);
    expect(currentRequestInput(switched)).toMatchObject({ prompts: [click(1)], preference: { answers: 2 } });
  });
});
