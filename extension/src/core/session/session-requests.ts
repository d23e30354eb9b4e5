/** How what the user does becomes the request that the session waits for. `round` is the one on show. */
import type { Crop, Grid } from '../image/crop';
import { largestPart } from '../image/largest-part';
import type { Mask } from '../image/mask';
import { scaledLook } from '../view/field-of-view';
import { carryOver } from '../preference/carry-over';
import type { Prompt } from '../prompts/prompts';
import type { Answer, Round } from '../proposal/proposal';
import type { RoundInput } from '../sampling/round-input';
import { deriveSeed } from '../random';
import { currentRound, visiblePrompts, type SessionRequest, type SessionState } from './session-state';

export function placePrompt(state: SessionState, round: Round | null, prompt: Prompt): SessionState {
  if (state.slice === null || state.preference === null || state.prior === null) return state;
  const { pending } = state;
  if (pending?.kind === 'propose') {
    return request(state, {
      kind: 'propose',
      input: { ...pending.input, prompts: [...pending.input.prompts, prompt] },
    });
  }
  if (round !== null) return addAnswer(state, round, { kind: 'prompt', prompt });
  return requestFirst(state, [prompt], null);
}

/**
 * The structure that `mask` shows on a neighbouring image is looked for on an empty slice: a click where its largest part is deepest, in the
 * view that suits that part. The mask itself is not built on: the model would copy it (Dice .75 to the reader's mask on the next image, as a copy
 * has; so it has .825, and with a click of the reader's own .827: held-out LIDC patients, `npm run evaluate -- --follow`).
 */
export function followStructure(state: SessionState, mask: Mask): SessionState {
  const isFree = state.slice !== null && state.pending === null && currentRound(state) === null;
  const found = isFree ? largestPart(mask) : null;
  if (found === null) return state;
  const { part, deepest } = found;
  return requestFirst(state, [{ kind: 'point', at: deepest, positive: true }], null, { followed: part });
}

/** A round from prompts alone, or with a mask to build on. */
export function requestFirst(
  state: SessionState,
  prompts: readonly Prompt[],
  previous: RoundInput['previous'],
  more: Pick<RoundInput, 'followed'> = {},
): SessionState {
  if (state.preference === null || state.prior === null) return state;
  const input: RoundInput = {
    prompts,
    previous,
    crop: null,
    preference: carryOver(state.preference, state.prior),
    seed: deriveSeed(state.seed, state.requests),
    ...more,
  };
  return request(state, { kind: 'propose', input });
}

/**
 * What is in work in `before`, from its prompts alone: by another bundle, or with another preference. Also what failed, of which nothing else
 * is left. Without prompts there is nothing.
 */
export function requestAnew(state: SessionState, before: SessionState): SessionState {
  const prompts = wantedPrompts(before);
  if (prompts.length === 0) return state;
  const inWork = before.pending ?? before.failed ?? currentRound(before);
  const followed = inWork !== null && 'input' in inWork ? inWork.input.followed : undefined;
  return requestFirst(state, prompts, null, followed === undefined ? {} : { followed });
}

/** All prompts on this slice, also those of a request that is on its way or has failed. */
export function wantedPrompts(state: SessionState): readonly Prompt[] {
  return visiblePrompts({ ...state, pending: state.pending ?? state.failed });
}

/** An answer to a round of another bundle, which the present one cannot go on from. */
function answerInherited(state: SessionState, round: Round, answer: Answer): SessionState {
  const { recommended, candidates } = round.proposal;
  if (answer.kind === 'choose') {
    return requestFirst(state, round.input.prompts, candidates[answer.candidate]?.mask ?? recommended.mask);
  }
  const added = answer.kind === 'prompt' ? [answer.prompt] : [];
  return requestFirst(state, [...round.input.prompts, ...added], recommended.mask);
}

export function chooseCandidate(state: SessionState, round: Round | null, candidate: number): SessionState {
  if (round === null || round.proposal.candidates[candidate] === undefined) return state;
  // A first round that is on its way replaces the one on show: its candidates are no longer up for choice.
  if (state.pending?.kind === 'propose') return state;
  return addAnswer(state, round, { kind: 'choose', candidate });
}

export function scaleFieldOfView(
  state: SessionState,
  round: Round | null,
  factor: number,
  grid: Grid,
): SessionState {
  if (round === null || state.pending?.kind === 'propose') return state;
  const present = lastCrop(state) ?? round.crop;
  return addAnswer(state, round, { kind: 'crop', crop: scaledLook(present, factor, grid) });
}

/** The crop set by hand in the pending request, if there is one. */
function lastCrop(state: SessionState): Crop | null {
  if (state.pending?.kind !== 'answer') return null;
  for (const answer of state.pending.answers) if (answer.kind === 'crop') return answer.crop;
  return null;
}

/** Answers accumulate while a request is pending; a later choice or crop takes the place of an earlier one. */
function addAnswer(state: SessionState, round: Round, answer: Answer): SessionState {
  if (round === state.inherited) return answerInherited(state, round, answer);
  const before = state.pending?.kind === 'answer' ? state.pending.answers : [];
  const kept = answer.kind === 'prompt' ? before : before.filter(other => other.kind !== answer.kind);
  return request(state, { kind: 'answer', round, answers: [...kept, answer] });
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

export function request(state: SessionState, wanted: Unnumbered<SessionRequest>): SessionState {
  const id = state.requests + 1;
  return { ...state, requests: id, pending: { ...wanted, id }, failed: null, justAccepted: false };
}
