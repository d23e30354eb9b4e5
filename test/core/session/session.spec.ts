import { emptyMask } from '../image/empty-mask';
import type { Preference } from '../../../extension/src/core/preference/preference';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';
import type { Candidate, Round, RoundInput } from '../../../extension/src/core/proposal/proposal';
import { sessionReducer, type SessionEvent } from '../../../extension/src/core/session/session';
import {
  canAccept,
  canRedo,
  canUndo,
  currentRound,
  initialSession,
  learntPreference,
  roundNumber,
  visiblePrompts,
  type SessionState,
} from '../../../extension/src/core/session/session-state';

const grid = { width: 100, height: 100, spacing: { x: 1, y: 1, unit: 'mm' as const } };

function preferenceOf(answers: number, mean = answers): Preference {
  return { engine: 'bayes', mixture: { weights: [1], means: [[mean]], variances: [[1]] }, answers };
}

const prior = preferenceOf(0);
const click = (x: number, positive = true): Prompt => ({ kind: 'point', at: { x, y: 5 }, positive });

const statistics = { unit: 'mm', area: 1, longestDiameter: 1, perpendicularDiameter: 1 } as const;
const mask = emptyMask(100, 100);
const candidate: Candidate = { mask, statistics, areaDifferencePercent: 10, share: 0.5 };

/** What an engine might answer: the round's number is told by its preference. */
function roundOf(input: RoundInput): Round {
  return {
    input,
    crop: input.crop ?? { centre: { x: 50, y: 50 }, side: 40 },
    proposal: {
      recommended: { mask, statistics, certainShare: 0.5 },
      candidates: [candidate, candidate],
      tendency: null,
    },
    ifAccepted: preferenceOf(input.preference.answers + 1),
  };
}

function run(state: SessionState, ...events: SessionEvent[]): SessionState {
  return events.reduce(sessionReducer, state);
}

/** Answers the pending request as an engine would. */
function propose(state: SessionState): SessionState {
  const { pending } = state;
  if (pending === null) throw new Error('nothing is pending');
  if (pending.kind === 'propose')
    return run(state, { type: 'roundProposed', id: pending.id, round: roundOf(pending.input) });
  const { input } = pending.round;
  const next: RoundInput = {
    ...input,
    prompts: [...input.prompts, ...pending.answers.flatMap(a => (a.kind === 'prompt' ? [a.prompt] : []))],
    crop: pending.round.crop,
    preference: preferenceOf(input.preference.answers + pending.answers.length),
  };
  return run(state, { type: 'roundProposed', id: pending.id, round: roundOf(next) });
}

const ready = run(
  initialSession(1),
  { type: 'bundleLoaded', prior },
  { type: 'sliceShown', slice: 'image 1' },
);
const pending = run(ready, { type: 'promptPlaced', prompt: click(1) });
const proposing = propose(pending);
const choose: SessionEvent = { type: 'candidateChosen', candidate: 0 };

describe('the first click', () => {
  it('asks for a proposal with the bundle prior and a seed of its own', () => {
    expect(pending.pending).toMatchObject({
      kind: 'propose',
      input: { prompts: [click(1)], previous: null, crop: null, preference: prior },
    });
    expect(canAccept(pending)).toBe(false);
  });

  it('does nothing without an image or a bundle', () => {
    const noImage = run(initialSession(1), { type: 'bundleLoaded', prior });
    expect(run(noImage, { type: 'promptPlaced', prompt: click(1) })).toBe(noImage);
    const noBundle = run(initialSession(1), { type: 'sliceShown', slice: 'image 1' });
    expect(run(noBundle, { type: 'promptPlaced', prompt: click(1) })).toBe(noBundle);
  });

  it('leads to a round that can be accepted and undone', () => {
    expect(roundNumber(proposing)).toBe(1);
    expect(canAccept(proposing)).toBe(true);
    // What is on show has just been corrected.
    expect(canAccept(run(proposing, choose))).toBe(false);
    expect(canUndo(proposing)).toBe(true);
    expect(canRedo(proposing)).toBe(false);
  });
});

describe('a newer answer', () => {
  it('overtakes the first request and keeps its clicks', () => {
    const second = run(pending, { type: 'promptPlaced', prompt: click(2) });
    expect(second.pending?.id).not.toBe(pending.pending?.id);
    expect(visiblePrompts(second)).toEqual([click(1), click(2)]);
    const late = run(second, {
      type: 'roundProposed',
      id: pending.pending?.id ?? -1,
      round: roundOf({ ...currentInput(proposing) }),
    });
    expect(late).toBe(second);
  });

  it('joins the answers that are on their way, in order', () => {
    const state = run(proposing, { type: 'promptPlaced', prompt: click(2) }, choose, {
      type: 'promptPlaced',
      prompt: click(3, false),
    });
    expect(state.pending).toMatchObject({
      kind: 'answer',
      round: currentRound(proposing),
      answers: [
        { kind: 'prompt', prompt: click(2) },
        { kind: 'choose', candidate: 0 },
        { kind: 'prompt', prompt: click(3, false) },
      ],
    });
  });

  it('takes the place of an earlier choice', () => {
    const state = run(proposing, choose, { type: 'candidateChosen', candidate: 1 });
    expect(state.pending).toMatchObject({ answers: [{ kind: 'choose', candidate: 1 }] });
  });

  it('is ignored for a candidate that is not there', () => {
    expect(run(proposing, { type: 'candidateChosen', candidate: 7 })).toBe(proposing);
  });
});

describe('undo and redo', () => {
  it('go through every step without limit, back to the empty slice', () => {
    let state = proposing;
    for (let i = 0; i < 50; i++) state = propose(run(state, choose));
    const last = currentRound(state);
    for (let i = 0; i < 51; i++) state = run(state, { type: 'undone' });
    expect(currentRound(state)).toBeNull();
    expect(canUndo(state)).toBe(false);
    for (let i = 0; i < 51; i++) state = run(state, { type: 'redone' });
    expect(currentRound(state)).toBe(last);
    expect(canRedo(state)).toBe(false);
  });

  it('take back what was learnt', () => {
    const learnt = propose(run(proposing, choose));
    expect(learntPreference(learnt)?.answers).toBe(1);
    expect(learntPreference(run(learnt, { type: 'undone' }))?.answers).toBe(0);
  });

  it('drop a pending request, whose late result is ignored', () => {
    const waiting = run(proposing, choose);
    const undone = run(waiting, { type: 'undone' });
    expect(undone.pending).toBeNull();
    expect(
      run(undone, {
        type: 'roundProposed',
        id: waiting.pending?.id ?? -1,
        round: roundOf(currentInput(proposing)),
      }),
    ).toBe(undone);
  });

  it('take back a first request, before which there is no step', () => {
    expect(canUndo(pending)).toBe(true);
    const undone = run(pending, { type: 'undone' });
    expect(undone).toMatchObject({ pending: null, cursor: 0 });
    expect(canUndo(undone)).toBe(false);
  });

  it('make nothing again while a newer request is on its way', () => {
    const newer = run(proposing, { type: 'undone' }, { type: 'promptPlaced', prompt: click(9) });
    expect(canRedo(newer)).toBe(false);
    expect(run(newer, { type: 'redone' })).toBe(newer);
  });

  it('end where a new step cuts off what was undone', () => {
    const two = propose(run(proposing, choose));
    const other = propose(run(two, { type: 'undone' }, { type: 'promptPlaced', prompt: click(9) }));
    expect(canRedo(other)).toBe(false);
    expect(other.history).toHaveLength(3);
  });

  it('bring back what was cleared', () => {
    const cleared = run(proposing, { type: 'cleared' });
    expect(currentRound(cleared)).toBeNull();
    expect(currentRound(run(cleared, { type: 'undone' }))).toBe(currentRound(proposing));
    expect(roundNumber(propose(run(cleared, { type: 'promptPlaced', prompt: click(4) })))).toBe(1);
  });
});

describe('a failure', () => {
  const failed = run(proposing, choose, { type: 'roundFailed', id: proposing.requests + 1 });

  it('keeps the session and what was asked', () => {
    expect(currentRound(failed)).toBe(currentRound(proposing));
    expect(failed.pending).toBeNull();
    expect(failed.failed).toMatchObject({ kind: 'answer', answers: [{ kind: 'choose', candidate: 0 }] });
  });

  it('is retried as it was, under a new id', () => {
    const retried = run(failed, { type: 'retried' });
    expect(retried.pending).toMatchObject({ answers: [{ kind: 'choose', candidate: 0 }] });
    expect(retried.pending?.id).not.toBe(failed.failed?.id);
    expect(retried.failed).toBeNull();
  });

  it('of an overtaken request is nobody’s business', () => {
    const overtaken = run(proposing, choose, { type: 'promptPlaced', prompt: click(2) });
    expect(run(overtaken, { type: 'roundFailed', id: proposing.requests + 1 })).toBe(overtaken);
  });

  it('can be dismissed', () => {
    expect(run(failed, { type: 'problemDismissed' }).failed).toBeNull();
  });
});

describe('cancelling', () => {
  it('drops the request and leaves what stood before', () => {
    const state = run(proposing, choose, { type: 'cancelled' });
    expect(state.pending).toBeNull();
    expect(currentRound(state)).toBe(currentRound(proposing));
  });

  it('clears when nothing is on its way', () => {
    expect(currentRound(run(proposing, { type: 'cancelled' }))).toBeNull();
  });
});

describe('an accepted mask that is taken back', () => {
  const two = propose(run(proposing, choose));
  const accepted = run(two, { type: 'accepted' });
  const takenBack = run(accepted, { type: 'acceptanceTakenBack', number: 1 });

  it('leaves the proposal, its history and what was learnt as they stood before', () => {
    expect(currentRound(takenBack)).toBe(currentRound(two));
    expect(takenBack).toMatchObject({ history: two.history, justAccepted: false });
    expect(learntPreference(takenBack)).toBe(learntPreference(two));
    expect(currentRound(run(takenBack, { type: 'undone' }))).toBe(currentRound(proposing));
  });

  it('can be accepted again, by the history as by hand', () => {
    for (const again of [
      run(takenBack, { type: 'acceptanceMadeAgain', number: 1 }),
      run(takenBack, { type: 'accepted' }),
    ]) {
      expect(again.justAccepted).toBe(true);
      expect(again.preference).toBe(accepted.preference);
    }
  });

  it('is not accepted again when another round has taken its place', () => {
    const other = propose(run(takenBack, choose));
    expect(run(other, { type: 'acceptanceMadeAgain', number: 1 })).toBe(other);
  });

  it('is unlearnt on another slice, too, and brings no proposal there', () => {
    const moved = run(accepted, { type: 'sliceShown', slice: 'image 2' });
    const state = run(moved, { type: 'acceptanceTakenBack', number: 1 });
    expect(currentRound(state)).toBeNull();
    expect(state).toMatchObject({ slice: 'image 2', preference: two.preference });
  });

  it('leaves the work that was begun meanwhile alone', () => {
    const begun = propose(run(accepted, { type: 'promptPlaced', prompt: click(7) }));
    const state = run(begun, { type: 'acceptanceTakenBack', number: 1 });
    expect(currentRound(state)).toBe(currentRound(begun));
    expect(run(accepted, { type: 'acceptanceTakenBack', number: 7 })).toBe(accepted);
  });

  it('is unlearnt also where a round was drawn with it meanwhile, which stays on show', () => {
    const begun = propose(run(accepted, { type: 'promptPlaced', prompt: click(7) }));
    const state = run(begun, { type: 'acceptanceTakenBack', number: 1 });
    expect(currentRound(state)).toBe(currentRound(begun));
    expect(learntPreference(state)).toBe(two.preference);
    expect(run(state, { type: 'sliceShown', slice: 'image 2' }).preference).toBe(two.preference);
  });

  it('is unlearnt in a round that is on its way as well', () => {
    const begun = run(accepted, { type: 'promptPlaced', prompt: click(7) });
    const state = run(begun, { type: 'acceptanceTakenBack', number: 1 });
    expect(currentRequestInput(state).prompts).toEqual([click(7)]);
    expect(currentRequestInput(state).preference).not.toEqual(currentRequestInput(begun).preference);
  });

  it('is not taken for the next one that is accepted: no number is given twice', () => {
    const elsewhere = run(
      accepted,
      { type: 'sliceShown', slice: 'image 2' },
      { type: 'acceptanceTakenBack', number: 1 },
      { type: 'acceptanceMadeAgain', number: 1 },
      { type: 'promptPlaced', prompt: click(3) },
    );
    const second = run(propose(elsewhere), { type: 'accepted' });
    expect(second.acceptance?.number).toBe(2);
    expect(run(second, { type: 'acceptanceTakenBack', number: 1 })).toBe(second);
  });

  it('is a thing of the past once the images are left', () => {
    const left = run(accepted, { type: 'sliceShown', slice: null });
    expect(run(left, { type: 'acceptanceTakenBack', number: 1 })).toBe(left);
    expect(learntPreference(left)).toBe(accepted.preference);
  });

  it('lets nothing that was undone on another slice stand before it when it is to be made again', () => {
    const onNext = run(
      accepted,
      { type: 'sliceShown', slice: 'image 2' },
      { type: 'preferenceForgotten' },
      { type: 'promptPlaced', prompt: click(3) },
    );
    const undone = run(propose(onNext), { type: 'undone' });
    expect(canRedo(undone)).toBe(true);
    expect(canRedo(run(undone, { type: 'acceptanceTakenBack', number: 1 }))).toBe(false);
  });

  it('leaves its own slice’s steps alone when an earlier one is taken back after it', () => {
    const undone = run(takenBack, { type: 'undone' }, { type: 'undone' });
    const state = run(undone, { type: 'acceptanceTakenBack', number: 7 }, { type: 'redone' });
    expect(currentRound(state)).toBe(currentRound(proposing));
  });

  it('uses no number of a request a second time', () => {
    const begun = run(accepted, { type: 'promptPlaced', prompt: click(7) }, { type: 'cancelled' });
    const state = run(begun, { type: 'acceptanceTakenBack', number: 1 }, choose);
    expect(state.requests).toBeGreaterThan(begun.requests - 1);
  });
});

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

describe('the same image shown again', () => {
  it('changes nothing: a new window or a repaint is not another slice', () => {
    expect(run(proposing, { type: 'sliceShown', slice: 'image 1' })).toBe(proposing);
  });
});

describe('the field of view by hand', () => {
  it('answers the round with a crop, and scales on from the one on its way', () => {
    const wider = run(proposing, { type: 'fieldOfViewScaled', factor: 1.5, grid });
    expect(wider.pending).toMatchObject({ answers: [{ kind: 'crop', crop: { side: 60 } }] });
    const more = run(wider, { type: 'fieldOfViewScaled', factor: 1.5, grid });
    expect(more.pending).toMatchObject({ answers: [{ kind: 'crop', crop: { side: 90 } }] });
  });

  it('stays between a few pixels and a little more than the image', () => {
    const scaled = (factor: number) => run(proposing, { type: 'fieldOfViewScaled', factor, grid }).pending;
    expect(scaled(100)).toMatchObject({ answers: [{ crop: { side: 110.00000000000001 } }] });
    expect(scaled(0.001)).toMatchObject({ answers: [{ crop: { side: 24 } }] });
  });
});

describe('replaying', () => {
  it('gives the same state for the same events, and never changes a state it was given', () => {
    const events: SessionEvent[] = [
      { type: 'bundleLoaded', prior },
      { type: 'sliceShown', slice: 'image 1' },
      { type: 'toolSelected', tool: 'negative' },
      { type: 'promptPlaced', prompt: click(1) },
      { type: 'promptPlaced', prompt: click(2) },
      { type: 'roundProposed', id: 2, round: roundOf(currentInput(proposing)) },
      choose,
      { type: 'undone' },
      { type: 'promptPlaced', prompt: click(3) },
      { type: 'cancelled' },
    ];
    let state = deepFreeze(initialSession(9));
    for (const event of events) state = deepFreeze(sessionReducer(state, event));
    expect(run(initialSession(9), ...events)).toEqual(state);
    expect(structuredClone(state)).toEqual(state);
  });

  it('gives every first round another seed, and every session', () => {
    const again = run(
      ready,
      { type: 'promptPlaced', prompt: click(1) },
      { type: 'cancelled' },
      { type: 'promptPlaced', prompt: click(1) },
    );
    const other = run({ ...ready, seed: 2 }, { type: 'promptPlaced', prompt: click(1) });
    const seeds = [pending, again, other].map(state => currentRequestInput(state).seed);
    expect(new Set(seeds).size).toBe(3);
  });
});

function currentInput(state: SessionState): RoundInput {
  const round = currentRound(state);
  if (round === null) throw new Error('no round');
  return round.input;
}

function currentRequestInput(state: SessionState): RoundInput {
  if (state.pending?.kind !== 'propose') throw new Error('no first request');
  return state.pending.input;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

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

describe('another bundle', () => {
  const other: Preference = {
    ...preferenceOf(0),
    mixture: { weights: [1], means: [[0, 0]], variances: [[1, 1]] },
  };
  const begun = run(
    initialSession(1),
    { type: 'bundleLoaded', prior },
    { type: 'sliceShown', slice: 'a' },
    { type: 'promptPlaced', prompt: click(1) },
  );
  const switched = run(propose(begun), { type: 'bundleSwitched', prior: other });

  it('proposes the round in work again, from its prompts and its own prior', () => {
    expect(switched.pending).toMatchObject({
      kind: 'propose',
      input: { prompts: [click(1)], previous: null, crop: null, preference: other },
    });
    const proposed = propose(switched);
    expect(currentRound(proposed)?.input.preference).toBe(other);
    expect(roundNumber(proposed)).toBe(2);
  });

  it('leaves the round on show where it fails, with its prompts, to be retried', () => {
    const failed = run(switched, { type: 'roundFailed', id: switched.pending?.id ?? -1 });
    expect(currentRound(failed)).toBe(switched.inherited);
    expect(visiblePrompts(failed)).toEqual([click(1)]);
    expect(canAccept(failed)).toBe(true);
    expect(run(failed, { type: 'retried' }).pending).toMatchObject({ kind: 'propose' });
  });

  it('never goes on from a round of the bundle before: an answer to it begins a first round', () => {
    const kept = run(switched, { type: 'cancelled' });
    expect(run(kept, { type: 'promptPlaced', prompt: click(2) }).pending).toMatchObject({
      kind: 'propose',
      input: { prompts: [click(1), click(2)], previous: mask, preference: other },
    });
    expect(run(kept, { type: 'candidateChosen', candidate: 1 }).pending).toMatchObject({
      kind: 'propose',
      input: { prompts: [click(1)], previous: mask, preference: other },
    });
    expect(run(kept, { type: 'preferenceForgotten' }).pending).toMatchObject({
      kind: 'propose',
      input: { prompts: [click(1)], preference: other },
    });
  });

  it('learns nothing from the acceptance of such a round', () => {
    const accepted = run(switched, { type: 'cancelled' }, { type: 'accepted' });
    expect(accepted).toMatchObject({ accepted: 1, preference: other, inherited: null });
  });

  it('is told a click that came while the one before was at work', () => {
    const { pending } = run(begun, { type: 'bundleSwitched', prior: other });
    expect(pending).toMatchObject({ kind: 'propose', input: { prompts: [click(1)], preference: other } });
    expect(pending?.id).not.toBe(begun.pending?.id);
  });

  it('keeps the count of accepted masks and asks for nothing on an empty slice', () => {
    const accepted = run(propose(begun), { type: 'accepted' }, { type: 'bundleSwitched', prior: other });
    expect(accepted).toMatchObject({ accepted: 1, pending: null, inherited: null, preference: other });
  });

  it('lets undo lead back to what the one before proposed', () => {
    const undone = run(propose(switched), { type: 'undone' });
    expect(currentRound(undone)).toBe(switched.inherited);
    expect(learntPreference(undone)).toBe(other);
  });
});
