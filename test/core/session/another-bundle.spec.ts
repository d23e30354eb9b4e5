import type { Preference } from '../../../extension/src/core/preference/preference';
import {
  canAccept,
  currentRound,
  initialSession,
  learntPreference,
  roundNumber,
  visiblePrompts,
} from '../../../extension/src/core/session/session-state';
import { click, currentRequestInput, mask, preferenceOf, prior, propose, run } from './session-at-work';

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

  it('builds on the very mask that was chosen, or that a click corrects', () => {
    const kept = run(switched, { type: 'cancelled' });
    const { recommended, candidates } = currentRound(kept)?.proposal ?? {};
    const chosen = run(kept, { type: 'candidateChosen', candidate: 1 });
    expect(currentRequestInput(chosen).previous).toBe(candidates?.[1]?.mask);
    const corrected = run(kept, { type: 'promptPlaced', prompt: click(2) });
    expect(currentRequestInput(corrected).previous).toBe(recommended?.mask);
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

  it('is told a click that was on its way to correct what the one before had proposed', () => {
    const corrected = run(propose(begun), { type: 'promptPlaced', prompt: click(2) });
    const { pending } = run(corrected, { type: 'bundleSwitched', prior: other });
    expect(pending).toMatchObject({
      kind: 'propose',
      input: { prompts: [click(1), click(2)], preference: other },
    });
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
