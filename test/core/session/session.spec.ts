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
} from '../../../extension/src/core/session/session-state';
import {
  choose,
  click,
  currentInput,
  currentRequestInput,
  grid,
  pending,
  prior,
  propose,
  proposing,
  ready,
  roundOf,
  run,
} from './session-at-work';

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
    expect(visiblePrompts(state)).toEqual([click(1), click(2), click(3, false)]);
  });

  it('keeps what it corrects from being accepted, as there is nothing to accept on an empty slice', () => {
    const corrected = run(proposing, choose);
    for (const state of [ready, pending, corrected]) expect(run(state, { type: 'accepted' })).toBe(state);
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

  it('change nothing where there is no step, be it after a failure or an accepted mask', () => {
    const failed = run(pending, { type: 'roundFailed', id: pending.requests });
    const accepted = run(proposing, { type: 'accepted' });
    for (const state of [ready, failed, accepted]) {
      expect(run(state, { type: 'undone' })).toBe(state);
      expect(run(state, { type: 'redone' })).toBe(state);
    }
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
    expect(cleared.justAccepted).toBe(false);
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

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
