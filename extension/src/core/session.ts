/**
 * The session as a replayable state machine: `sessionReducer(state, event)` is pure, state and events are plain data, and folding
 * the same events gives the same state. Side effects (running a request, drawing, writing labelmaps) belong to the caller.
 *
 * States, and what leads on:
 *
 *   no slice ........ `sliceShown` -> empty
 *   empty ........... `promptPlaced` -> pending (first round)
 *   pending ......... the caller runs `state.pending` and reports `roundProposed` -> proposing, or `roundFailed` -> failed.
 *                     A further answer REPLACES the request (new id) by one that holds all answers so far; the caller aborts
 *                     the older one, and what it still reports is ignored because its id is not pending any more.
 *                     `cancelled` drops it and leaves what stood before.
 *   proposing ....... `promptPlaced`, `candidateChosen`, `fieldOfViewScaled` -> pending on top of the current round
 *                     `accepted` -> empty, with what was learnt; `cleared` -> empty, undoable
 *   failed .......... history and request are kept: `retried` -> pending again; any answer -> pending; `problemDismissed`
 *
 * The history is a list of steps with a cursor: step 0 is the empty slice (null), every further one a round or, after `cleared`, null.
 * `undone` and `redone` move the cursor without limit; a new step cuts off what was undone. Both drop a pending request.
 *
 * Another slice (`sliceShown` with another identity) starts an empty history there. What the answers on the slice before had
 * taught goes along: `state.preference` is what the next first round starts from.
 *
 * Another bundle (`bundleSwitched`) knows nothing of the rounds before: the one on show stays as `state.inherited`, its prompts are proposed
 * anew, and should that fail, or be undone, any answer to it begins a first round with its prompts.
 */
import type { Grid } from './crop';
import type { Preference } from './preference/preference';
import type { Prompt } from './prompts';
import type { Answer, Round, RoundInput } from './proposal';
import { chooseCandidate, placePrompt, request, requestFirst, scaleFieldOfView } from './session-requests';

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
  /** The round in the history that another bundle proposed; null without one. */
  readonly inherited: Round | null;
  /** Requests made so far: ids and seeds count on. */
  readonly requests: number;
  readonly tool: ToolMode;
  /** Masks accepted in this session. */
  readonly accepted: number;
  /** True between `accepted` and the next prompt or slice: the guidance says so. */
  readonly justAccepted: boolean;
}

export type SessionEvent =
  /** A bundle is ready. What was learnt with another bundle does not fit its latent and is forgotten. */
  | { readonly type: 'bundleLoaded'; readonly prior: Preference }
  /** Another bundle takes over on the slice in work; what was learnt before is forgotten as well. */
  | { readonly type: 'bundleSwitched'; readonly prior: Preference }
  /** The viewport shows this image (null: none); the same identity again changes nothing. */
  | { readonly type: 'sliceShown'; readonly slice: string | null }
  | { readonly type: 'promptPlaced'; readonly prompt: Prompt }
  | { readonly type: 'candidateChosen'; readonly candidate: number }
  /** By hand; `factor` > 1 sees more. */
  | { readonly type: 'fieldOfViewScaled'; readonly factor: number; readonly grid: Grid }
  | { readonly type: 'roundProposed'; readonly id: number; readonly round: Round }
  | { readonly type: 'roundFailed'; readonly id: number }
  | { readonly type: 'retried' }
  | { readonly type: 'problemDismissed' }
  /** Drops the pending request; without one it clears. */
  | { readonly type: 'cancelled' }
  | { readonly type: 'cleared' }
  | { readonly type: 'accepted' }
  | { readonly type: 'undone' }
  | { readonly type: 'redone' }
  /** Back to the bundle's prior; a round in work is proposed anew with it. */
  | { readonly type: 'preferenceForgotten' }
  | { readonly type: 'toolSelected'; readonly tool: ToolMode };

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
  };
}

export function sessionReducer(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'bundleLoaded':
      return { ...emptySlice(state), prior: event.prior, preference: event.prior };
    case 'bundleSwitched':
      return switchBundle(state, event.prior);
    case 'sliceShown':
      if (event.slice === state.slice) return state;
      return { ...emptySlice(state), slice: event.slice, preference: learntPreference(state) };
    case 'promptPlaced':
      return placePrompt(state, currentRound(state), event.prompt);
    case 'candidateChosen':
      return chooseCandidate(state, currentRound(state), event.candidate);
    case 'fieldOfViewScaled':
      return scaleFieldOfView(state, currentRound(state), event.factor, event.grid);
    case 'roundProposed':
      return state.pending?.id === event.id
        ? { ...pushStep(state, event.round), pending: null, failed: null }
        : state;
    case 'roundFailed':
      return state.pending?.id === event.id ? { ...state, pending: null, failed: state.pending } : state;
    case 'retried':
      return state.failed === null ? state : request(state, state.failed);
    case 'problemDismissed':
      return { ...state, failed: null };
    case 'cancelled':
      return state.pending === null ? clear(state) : { ...state, pending: null, failed: null };
    case 'cleared':
      return clear(state);
    case 'accepted':
      return accept(state);
    case 'undone':
      return canUndo(state) ? moveCursor(state, -1) : state;
    case 'redone':
      return canRedo(state) ? moveCursor(state, 1) : state;
    case 'preferenceForgotten':
      return forget(state);
    case 'toolSelected':
      return { ...state, tool: event.tool };
  }
}

/** The round on show, null on an empty slice. */
export function currentRound(state: SessionState): Round | null {
  return state.history[state.cursor] ?? null;
}

export function canUndo(state: SessionState): boolean {
  return state.cursor > 0;
}

export function canRedo(state: SessionState): boolean {
  return state.cursor < state.history.length - 1;
}

/** Accepting while a newer proposal is on its way would accept a mask that the user has just corrected. */
export function canAccept(state: SessionState): boolean {
  return currentRound(state) !== null && state.pending === null;
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

function emptySlice(state: SessionState): SessionState {
  return {
    ...state,
    history: [null],
    cursor: 0,
    pending: null,
    failed: null,
    inherited: null,
    justAccepted: false,
  };
}

function switchBundle(state: SessionState, prior: Preference): SessionState {
  const prompts = visiblePrompts(state);
  const round = currentRound(state);
  const switched: SessionState = {
    ...emptySlice(state),
    ...(round === null ? {} : { history: [null, round], cursor: 1, inherited: round }),
    justAccepted: state.justAccepted,
    prior,
    preference: prior,
  };
  return prompts.length === 0 ? switched : requestFirst(switched, prompts, null);
}

function pushStep(state: SessionState, step: Round | null): SessionState {
  const history = [...state.history.slice(0, state.cursor + 1), step];
  return { ...state, history, cursor: history.length - 1 };
}

function moveCursor(state: SessionState, by: 1 | -1): SessionState {
  return { ...state, cursor: state.cursor + by, pending: null, failed: null, justAccepted: false };
}

function clear(state: SessionState): SessionState {
  const idle = { ...state, pending: null, failed: null, justAccepted: false };
  return currentRound(state) === null ? idle : pushStep(idle, null);
}

function accept(state: SessionState): SessionState {
  const round = currentRound(state);
  if (round === null || !canAccept(state)) return state;
  return {
    ...emptySlice(state),
    preference: round === state.inherited ? state.preference : round.ifAccepted,
    accepted: state.accepted + 1,
    justAccepted: true,
  };
}

function forget(state: SessionState): SessionState {
  if (state.prior === null) return state;
  const round = currentRound(state);
  const forgotten: SessionState = { ...state, preference: state.prior, pending: null, failed: null };
  if (round === null) return { ...emptySlice(forgotten), justAccepted: state.justAccepted };
  if (round === state.inherited) return requestFirst(forgotten, round.input.prompts, null);
  return request(forgotten, {
    kind: 'propose',
    input: { ...round.input, crop: round.crop, preference: state.prior },
  });
}
