import {
  canRedo,
  currentRound,
  keepsHistory,
  learntPreference,
} from '../../../extension/src/core/session/session-state';
import { choose, click, currentRequestInput, propose, proposing, run } from './session-at-work';

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

  it('leaves Undo and Redo to the host, as an empty slice does, until something is asked for anew', () => {
    expect([two, accepted, takenBack].map(keepsHistory)).toEqual([true, false, false]);
    expect(keepsHistory(run(takenBack, choose))).toBe(true);
    expect(keepsHistory(propose(run(takenBack, choose)))).toBe(true);
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

  it('is the next that Redo makes again: what had been undone before it was accepted is gone', () => {
    const undone = run(two, { type: 'undone' });
    const back = run(undone, { type: 'accepted' }, { type: 'acceptanceTakenBack', number: 1 });
    expect(currentRound(back)).toBe(currentRound(proposing));
    expect(canRedo(back)).toBe(false);
    expect(run(back, { type: 'acceptanceMadeAgain', number: 1 }).justAccepted).toBe(true);
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
