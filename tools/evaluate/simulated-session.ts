/** A simulated reader in one session, by the events with which the viewer drives the shipped one. */
import type { Network } from '../../extension/src/core/network/network';
import { RoundCache } from '../../extension/src/core/sampling/round-cache';
import { priorPreference } from '../../extension/src/core/preference/engine';
import type { Answer, Round } from '../../extension/src/core/proposal/proposal';
import type { Slice } from '../../extension/src/core/image/slice';
import { sessionReducer, type SessionEvent } from '../../extension/src/core/session/session';
import {
  currentRound,
  initialSession,
  type SessionRequest,
  type SessionState,
} from '../../extension/src/core/session/session-state';
import { rounds } from './course';
import { answerUnlessNothing, proposeUnlessNothing } from './nothing-found';
import { reachedBy, type Reached } from './reached';
import { approvedDice, chooseOrClick, firstPrompt, type Target } from './simulated-user';
import type { Work } from './work';

/** A session that has learnt nothing. */
export function beginSession(network: Network, seed: number): SessionState {
  return sessionReducer(initialSession(seed), {
    type: 'bundleLoaded',
    prior: priorPreference(network.description),
  });
}

/** A slice on which all is said, and what each round came to. */
interface Worked {
  /** Ready to accept. */
  readonly session: SessionState;
  /** One entry at least. */
  readonly course: readonly Reached[];
}

/** Works through a slice from the reader's first click on, and accepts. */
export async function workThrough(network: Network, before: SessionState, work: Work): Promise<SessionState> {
  const { session } = await workOut(network, before, work);
  return sessionReducer(session, { type: 'accepted' });
}

/**
 * Shows the slice, begins by the reader's first click or by another event, and takes candidates or clicks errors until the mask is approved or
 * the rounds are used up.
 */
export function workOut(
  network: Network,
  before: SessionState,
  work: Work,
  begin: SessionEvent = firstClickOn(work.target),
): Promise<Worked> {
  return withCache(async cache => {
    let session = await begun(network, before, work.slice, begin, cache);
    const course = [reachedIn(session, work)];
    while (course.length < rounds) {
      const round = currentRound(session);
      if (round === null || (course.at(-1)?.dice ?? 0) >= approvedDice) break;
      const said = chooseOrClick(round.proposal, work.target.mask);
      if (said === null) break;
      const answered = sessionReducer(session, eventOf(said, work.slice));
      session = await settled(network, answered, work.slice, cache);
      course.push(reachedIn(session, work));
    }
    return { session, course };
  });
}

/** Shows the slice, and has its first round begun by the reader's first click. */
export function firstRound(
  network: Network,
  before: SessionState,
  { slice, target }: Work,
): Promise<SessionState> {
  return withCache(cache => begun(network, before, slice, firstClickOn(target), cache));
}

/** What the round on show comes to. */
export function reachedIn(session: SessionState, { target }: Work): Reached {
  return reachedBy(currentRound(session)?.proposal ?? null, target.mask);
}

function begun(
  network: Network,
  before: SessionState,
  slice: Slice,
  begin: SessionEvent,
  cache: RoundCache,
): Promise<SessionState> {
  const shown = sessionReducer(before, { type: 'sliceShown', slice: slice.key });
  return settled(network, sessionReducer(shown, begin), slice, cache);
}

function firstClickOn(target: Target): SessionEvent {
  return { type: 'promptPlaced', prompt: firstPrompt(target, 'click') };
}

function eventOf(said: Answer, slice: Slice): SessionEvent {
  switch (said.kind) {
    case 'prompt':
      return { type: 'promptPlaced', prompt: said.prompt };
    case 'choose':
      return { type: 'candidateChosen', candidate: said.candidate };
    case 'crop':
      return { type: 'fieldOfViewScaled', factor: 1, grid: slice };
  }
}

/** Runs what the session waits for, as the viewer does. */
async function settled(
  network: Network,
  session: SessionState,
  slice: Slice,
  cache: RoundCache,
): Promise<SessionState> {
  const { pending } = session;
  if (pending === null) return session;
  const { id } = pending;
  const round = await roundOf(network, pending, slice, cache);
  return sessionReducer(
    session,
    round === null ? { type: 'roundFailed', id } : { type: 'roundProposed', id, round },
  );
}

/** Null where the model finds nothing. */
async function roundOf(
  network: Network,
  request: SessionRequest,
  slice: Slice,
  cache: RoundCache,
): Promise<Round | null> {
  if (request.kind === 'propose') return proposeUnlessNothing(network, slice, request.input, cache);
  const [said] = request.answers;
  return said === undefined ? null : answerUnlessNothing(network, slice, request.round, said, cache);
}

/** Of one slice. */
async function withCache<T>(work: (cache: RoundCache) => Promise<T>): Promise<T> {
  const cache = new RoundCache();
  try {
    return await work(cache);
  } finally {
    cache.clear();
  }
}
