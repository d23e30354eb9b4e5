import { currentRound } from '../../../extension/src/core/session/session-state';
import { click, pending, propose, proposing, ready, run } from './session-at-work';

const place = { type: 'promptPlaced', prompt: click(7) } as const;

describe('a prompt that was not meant', () => {
  it('leaves the proposal that stood there, whether its own has come or is on its way', () => {
    const placed = run(proposing, place);
    for (const later of [placed, propose(placed)]) {
      const state = run(later, { type: 'promptWithdrawn', before: proposing });
      expect(currentRound(state)).toBe(currentRound(proposing));
      expect(state).toMatchObject({ pending: null, history: proposing.history });
    }
  });

  it('leaves the proposal of the slice before, where it was placed on another', () => {
    const moved = propose(run(proposing, { type: 'sliceShown', slice: 'image 2' }, place));
    const state = run(moved, { type: 'promptWithdrawn', before: proposing });
    expect(currentRound(state)).toBe(currentRound(proposing));
    expect(state.slice).toBe('image 1');
  });

  it('has what it overtook asked for again, under a number that was not used yet', () => {
    const state = run(pending, place, { type: 'promptWithdrawn', before: pending });
    expect(state.pending).toMatchObject({ kind: 'propose', input: { prompts: [click(1)] }, id: 3 });
  });

  it('takes nothing back that was accepted meanwhile', () => {
    const accepted = run(propose(run(ready, place)), { type: 'accepted' });
    expect(run(accepted, { type: 'promptWithdrawn', before: ready })).toBe(accepted);
  });
});
