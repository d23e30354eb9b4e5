/** A session as a test drives it: events, and an engine whose answers are told by the number of answers before them. */
import { emptyMask } from '../image/empty-mask';
import type { Preference } from '../../../extension/src/core/preference/preference';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';
import type { Candidate } from '../../../extension/src/core/candidates/candidate';
import type { Round } from '../../../extension/src/core/proposal/proposal';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import { sessionReducer, type SessionEvent } from '../../../extension/src/core/session/session';
import {
  currentRound,
  initialSession,
  type SessionState,
} from '../../../extension/src/core/session/session-state';

export const grid = { width: 100, height: 100, spacing: { x: 1, y: 1, unit: 'mm' as const } };

export function preferenceOf(answers: number, mean = answers): Preference {
  return { engine: 'bayes', mixture: { weights: [1], means: [[mean]], variances: [[1]] }, answers };
}

export const prior = preferenceOf(0);
export const click = (x: number, positive = true): Prompt => ({ kind: 'point', at: { x, y: 5 }, positive });

const statistics = { unit: 'mm', area: 1, longestDiameter: 1, perpendicularDiameter: 1 } as const;
export const mask = emptyMask(100, 100);
/** Each has a mask of its own. */
const candidate = (): Candidate => ({
  mask: emptyMask(100, 100),
  statistics,
  areaDifferencePercent: 10,
  share: 0.5,
});

/** What an engine might answer: the round's number is told by its preference. */
export function roundOf(input: RoundInput): Round {
  return {
    input,
    crop: input.crop ?? { centre: { x: 50, y: 50 }, side: 40 },
    proposal: {
      recommended: { mask, statistics, certainShare: 0.5 },
      candidates: [candidate(), candidate()],
      tendency: null,
    },
    ifAccepted: preferenceOf(input.preference.answers + 1),
  };
}

export function run(state: SessionState, ...events: SessionEvent[]): SessionState {
  return events.reduce(sessionReducer, state);
}

/** Answers the pending request as an engine would. */
export function propose(state: SessionState): SessionState {
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

export const ready = run(
  initialSession(1),
  { type: 'bundleLoaded', prior },
  { type: 'sliceShown', slice: 'image 1' },
);
export const pending = run(ready, { type: 'promptPlaced', prompt: click(1) });
export const proposing = propose(pending);
export const choose: SessionEvent = { type: 'candidateChosen', candidate: 0 };

export function currentInput(state: SessionState): RoundInput {
  const round = currentRound(state);
  if (round === null) throw new Error('no round');
  return round.input;
}

export function currentRequestInput(state: SessionState): RoundInput {
  if (state.pending?.kind !== 'propose') throw new Error('no first request');
  return state.pending.input;
}
