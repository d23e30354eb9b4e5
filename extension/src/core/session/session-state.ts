/** What the session consists of, and what can be asked of it. How it changes: `session.ts`. */
import type { Preference } from '../preference/preference';
import type { Prompt } from '../prompts/prompts';
import type { Answer, Round } from '../proposal/proposal';
import type { RoundInput } from '../sampling/round-input';

export type ToolMode = 'positive' | 'negative' | 'box' | 'line';

/** What the caller has to run: `propose(input)` or `answer(round, answers)`. */
export type SessionRequest =
  | { readonly id: number; readonly kind: 'propose'; readonly input: RoundInput }
  | {
      readonly id: number;
      readonly kind: 'answer';
      readonly round: Round;
      readonly answers: readonly Answer[];
    };

export interface SessionState {
  /** Seed of the whole session: rounds derive theirs from it. */
  readonly seed: number;
  /** What the bundle knows before any answer; null until one is loaded. */
  readonly prior: Preference | null;
  /** With which the next first round starts (before carry-over); null until a bundle is loaded. */
  readonly preference: Preference | null;
  /** Identity of the image in work (not of its window): null without one. */
  readonly slice: string | null;
  /** Steps on this slice: rounds, or null for an empty slice. Never empty. */
  readonly history: readonly (Round | null)[];
  /** Index into `history`. */
  readonly cursor: number;
  readonly pending: SessionRequest | null;
  /** The request that failed last, to be retried; null after success, cancel, undo or dismissal. */
  readonly failed: SessionRequest | null;
  /** The round in the history that another bundle proposed, or that was drawn with what has been forgotten since; null without one. */
  readonly inherited: Round | null;
  /** Requests made so far: ids and seeds count on. */
  readonly requests: number;
  readonly tool: ToolMode;
  /** Masks accepted in this session, also those that were taken back: each has a number of its own. */
  readonly accepted: number;
  /** True between `accepted` and the next prompt or slice: the guidance says so. */
  readonly justAccepted: boolean;
  /** The last mask that was accepted; null where nothing of it can come back. */
  readonly acceptance: Acceptance | null;
}

/** What accepting a mask ended, and what it taught. */
export interface Acceptance {
  readonly number: number;
  readonly before: SessionState;
  readonly taught: Preference | null;
}

export function initialSession(seed: number): SessionState {
  return {
    seed,
    prior: null,
    preference: null,
    slice: null,
    history: [null],
    cursor: 0,
    pending: null,
    failed: null,
    inherited: null,
    requests: 0,
    tool: 'positive',
    accepted: 0,
    justAccepted: false,
    acceptance: null,
  };
}

/** The round on show, null on an empty slice. */
export function currentRound(state: SessionState): Round | null {
  return state.history[state.cursor] ?? null;
}

/** There is a step to take back or, before the first one, the request for it. */
export function canUndo(state: SessionState): boolean {
  return state.cursor > 0 || state.pending !== null;
}

/** A request on its way is newer than what was undone before it. */
export function canRedo(state: SessionState): boolean {
  return state.pending === null && state.cursor < state.history.length - 1;
}

/** Accepting while a newer proposal is on its way would accept a mask that the user has just corrected. */
export function canAccept(state: SessionState): boolean {
  return currentRound(state) !== null && state.pending === null;
}

/** Whether the round on show is the one whose mask was accepted last and taken back: the host's history can write it again. */
export function isTakenBack(state: SessionState): boolean {
  const round = currentRound(state);
  return round !== null && state.acceptance !== null && round === currentRound(state.acceptance.before);
}

/**
 * Whether Undo and Redo are about this slice alone: steps of the host's history might lie on slices that nobody sees now. The mask that was
 * taken back belongs to the round on show.
 */
export function keepsHistory(state: SessionState): boolean {
  return state.pending !== null || (currentRound(state) !== null && !isTakenBack(state));
}

/** Number of the round on show, from 1; 0 on an empty slice. */
export function roundNumber(state: SessionState): number {
  let count = 0;
  for (let i = state.cursor; i >= 0 && (state.history[i] ?? null) !== null; i--) count++;
  return count;
}

/** What was learnt so far, with the answers on this slice; null until a bundle is loaded. */
export function learntPreference(state: SessionState): Preference | null {
  const round = currentRound(state);
  const current = round === state.inherited ? undefined : round?.input.preference;
  if (current === undefined || state.preference === null) return state.preference;
  return current.answers > state.preference.answers ? current : state.preference;
}

/** All prompts on this slice, also those of a pending request: what the viewport marks. */
export function visiblePrompts(state: SessionState): readonly Prompt[] {
  const { pending } = state;
  if (pending === null) return currentRound(state)?.input.prompts ?? [];
  if (pending.kind === 'propose') return pending.input.prompts;
  const added = pending.answers.flatMap(answer => (answer.kind === 'prompt' ? [answer.prompt] : []));
  return [...pending.round.input.prompts, ...added];
}
