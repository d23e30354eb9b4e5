/**
 * The session as a replayable state machine: `sessionReducer(state, event)` is pure, state and events are plain data, and folding
 * the same events gives the same state. Side effects (running a request, drawing, writing labelmaps) belong to the caller.
 *
 * States, and what leads on:
 *
 *   no slice ........ `sliceShown` -> empty
 *   empty ........... `promptPlaced`, `structureFollowed` -> pending (first round)
 *   pending ......... the caller runs `state.pending` and reports `roundProposed` -> proposing, or `roundFailed` -> failed.
 *                     A further answer REPLACES the request (new id) by one that holds all answers so far; the caller aborts
 *                     the older one, and what it still reports is ignored because its id is not pending any more.
 *                     `cancelled` drops it and leaves what stood before.
 *   proposing ....... `promptPlaced`, `candidateChosen`, `fieldOfViewScaled` -> pending on top of the current round
 *                     `accepted` -> empty, with what was learnt; `cleared` -> empty, undoable
 *   empty, accepted . `acceptanceTakenBack` -> proposing as before, with what had been learnt before
 *   failed .......... history and request are kept: `retried` -> pending again; any answer -> pending; `problemDismissed`
 *
 * The history is a list of steps with a cursor: step 0 is the empty slice (null), every further one a round or, after `cleared`, null.
 * `undone` and `redone` move the cursor without limit; a new step cuts off what was undone. `undone` drops a pending request, and where
 * there is no step before it, nothing else; `redone` waits for it.
 *
 * Another slice (`sliceShown` with another identity) starts an empty history there. What the answers on the slice before had
 * taught goes along: `state.preference` is what the next first round starts from.
 *
 * Another bundle (`bundleSwitched`) knows nothing of the rounds before: the one on show stays as `state.inherited`, its prompts are proposed
 * anew, and should that fail, or be undone, any answer to it begins a first round with its prompts. So it is with the round on show when what
 * it was drawn with is forgotten, or unlearnt with a mask that is taken back.
 */
import type { Grid } from '../image/crop';
import type { Mask } from '../image/mask';
import type { Preference } from '../preference/preference';
import type { Prompt } from '../prompts/prompts';
import type { Round } from '../proposal/proposal';
import {
  chooseCandidate,
  followStructure,
  placePrompt,
  request,
  requestAnew,
  scaleFieldOfView,
  wantedPrompts,
} from './session-requests';
import {
  canAccept,
  canRedo,
  canUndo,
  currentRound,
  isTakenBack,
  learntPreference,
  type SessionState,
  type ToolMode,
} from './session-state';

export type SessionEvent =
  /**
   * A bundle is ready. What was learnt with another bundle does not fit its latent and is forgotten. `recalled`: what was learnt of this user
   * with this bundle at another time.
   */
  | { readonly type: 'bundleLoaded'; readonly prior: Preference; readonly recalled?: Preference | null }
  /** Another bundle takes over on the slice in work; what was learnt before is forgotten as well. */
  | { readonly type: 'bundleSwitched'; readonly prior: Preference; readonly recalled?: Preference | null }
  /** The viewport shows this image (null: none, for the images were left); the same identity again changes nothing. */
  | { readonly type: 'sliceShown'; readonly slice: string | null }
  | { readonly type: 'promptPlaced'; readonly prompt: Prompt }
  /** The last prompt was not meant: all is as it was `before` it, and before its slice, unless more than its proposal has come since. */
  | { readonly type: 'promptWithdrawn'; readonly before: SessionState }
  /** What was accepted on a neighbouring image (`mask`, of the same size) is looked for on this one, which is empty still. */
  | { readonly type: 'structureFollowed'; readonly mask: Mask }
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
  /** The host's history took the mask back that was the `number`th accepted in this session ... */
  | { readonly type: 'acceptanceTakenBack'; readonly number: number }
  /** ... or wrote it again. */
  | { readonly type: 'acceptanceMadeAgain'; readonly number: number }
  | { readonly type: 'undone' }
  | { readonly type: 'redone' }
  /** What was learnt of this user elsewhere meanwhile: further slices start from it, what is in work on this one stays. */
  | { readonly type: 'preferenceRecalled'; readonly preference: Preference }
  /** Back to the bundle's prior; a round in work is proposed anew with it. */
  | { readonly type: 'preferenceForgotten' }
  | { readonly type: 'toolSelected'; readonly tool: ToolMode };

export function sessionReducer(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'bundleLoaded':
      return {
        ...emptySlice(state),
        prior: event.prior,
        preference: event.recalled ?? event.prior,
        acceptance: null,
      };
    case 'bundleSwitched':
      return switchBundle(state, event.prior, event.recalled ?? event.prior);
    case 'sliceShown':
      if (event.slice === state.slice) return state;
      return {
        ...emptySlice(state),
        slice: event.slice,
        preference: learntPreference(state),
        acceptance: event.slice === null ? null : state.acceptance,
      };
    case 'promptPlaced':
      return placePrompt(state, currentRound(state), event.prompt);
    case 'promptWithdrawn':
      return withdraw(state, event.before);
    case 'structureFollowed':
      return followStructure(state, event.mask);
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
    case 'acceptanceTakenBack':
      return hostRedoesFirst(takeBack(state, event.number));
    case 'acceptanceMadeAgain':
      return acceptAgain(state, event.number);
    case 'undone':
      if (!canUndo(state)) return state;
      return moveCursor(state, state.cursor > 0 ? -1 : 0);
    case 'redone':
      return canRedo(state) ? moveCursor(state, 1) : state;
    case 'preferenceRecalled':
      return state.prior === null ? state : { ...state, preference: event.preference };
    case 'preferenceForgotten':
      return forget(state);
    case 'toolSelected':
      return { ...state, tool: event.tool };
  }
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

/** Of the steps on this slice only the round on show is left, to be looked at: what it was drawn with holds no longer. */
function inheritRound(state: SessionState): SessionState {
  const round = currentRound(state);
  return {
    ...emptySlice(state),
    ...(round === null ? {} : { history: [null, round], cursor: 1, inherited: round }),
    justAccepted: state.justAccepted,
  };
}

function switchBundle(state: SessionState, prior: Preference, preference: Preference): SessionState {
  const switched: SessionState = { ...inheritRound(state), acceptance: null, prior, preference };
  return requestAnew(switched, state);
}

/** As a new step leaves it. */
function withoutUndone(state: SessionState): SessionState {
  return { ...state, history: state.history.slice(0, state.cursor + 1) };
}

function pushStep(state: SessionState, step: Round | null): SessionState {
  const history = [...withoutUndone(state).history, step];
  return { ...state, history, cursor: history.length - 1 };
}

function moveCursor(state: SessionState, by: 1 | 0 | -1): SessionState {
  return { ...state, cursor: state.cursor + by, pending: null, failed: null, justAccepted: false };
}

function withdraw(state: SessionState, before: SessionState): SessionState {
  if (state.accepted !== before.accepted || state.prior !== before.prior) return state;
  const { requests, tool } = state;
  const restored: SessionState = { ...before, requests, tool };
  // What the prompt overtook has to be asked for again.
  return before.pending === null ? restored : request(restored, before.pending);
}

function clear(state: SessionState): SessionState {
  const idle = { ...state, pending: null, failed: null, justAccepted: false };
  return currentRound(state) === null ? idle : pushStep(idle, null);
}

function accept(state: SessionState, number = state.accepted + 1): SessionState {
  const round = currentRound(state);
  if (round === null || !canAccept(state)) return state;
  const taught = round === state.inherited ? state.preference : round.ifAccepted;
  return {
    ...emptySlice(state),
    preference: taught,
    accepted: Math.max(state.accepted, number),
    justAccepted: true,
    // Of the last one only: else a long session would keep every round it ever had.
    acceptance: { number, before: { ...withoutUndone(state), acceptance: null }, taught },
  };
}

/**
 * The proposal is there again where nothing has taken its place; what the mask taught is unlearnt unless more was learnt since. A round that was
 * drawn with it meanwhile stays on show, but says nothing of this user.
 */
function takeBack(state: SessionState, number: number): SessionState {
  const { acceptance, accepted, requests, tool } = state;
  if (acceptance?.number !== number) return state;
  const { before, taught } = acceptance;
  const preference = state.preference === taught ? before.preference : state.preference;
  const isFree = state.slice === before.slice && currentRound(state) === null && state.pending === null;
  if (isFree) return { ...before, preference, accepted, requests, tool, acceptance };
  if (preference === state.preference) return state;
  const unlearnt: SessionState = { ...inheritRound(state), preference };
  return state.pending === null ? unlearnt : requestAnew(unlearnt, state);
}

/**
 * Redo goes through the steps of the slice first, and a round that it brings back keeps the host's history still: what was undone on a slice
 * other than that of the mask would leave the mask out of reach.
 */
function hostRedoesFirst(state: SessionState): SessionState {
  const { acceptance, slice } = state;
  if (currentRound(state) !== null || !canRedo(state) || acceptance?.before.slice === slice) return state;
  return withoutUndone(state);
}

function acceptAgain(state: SessionState, number: number): SessionState {
  return state.acceptance?.number === number && isTakenBack(state) ? accept(state, number) : state;
}

function forget(state: SessionState): SessionState {
  if (state.prior === null) return state;
  const round = currentRound(state);
  const prompts = wantedPrompts(state);
  const forgotten: SessionState = { ...inheritRound(state), preference: state.prior, acceptance: null };
  if (round === null || round === state.inherited) return requestAnew(forgotten, state);
  return request(forgotten, {
    kind: 'propose',
    input: { ...round.input, prompts, crop: round.crop, preference: state.prior },
  });
}
