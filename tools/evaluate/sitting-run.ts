import { dice } from '../../extension/src/core/image/mask';
import type { Network } from '../../extension/src/core/network/network';
import { priorPreference } from '../../extension/src/core/preference/engine';
import type { Round } from '../../extension/src/core/proposal/proposal';
import { RoundCache } from '../../extension/src/core/network/round-cache';
import { sessionReducer, type SessionEvent } from '../../extension/src/core/session/session';
import {
  currentRound,
  initialSession,
  type SessionState,
} from '../../extension/src/core/session/session-state';
import { rounds } from './course';
import { answerUnlessNothing, proposeUnlessNothing } from './nothing-found';
import { approvedDice, chooseOrClick, firstPrompt } from './simulated-user';
import type { Sitting, Work } from './sittings';

/** What a first proposal reaches on each of the new cases. */
export interface SittingResult {
  readonly reader: string;
  /** Dice of a fresh start. */
  readonly fresh: readonly number[];
  /** For each number of cases before: Dice with what was carried over from them. */
  readonly carried: readonly { readonly after: number; readonly dice: readonly number[] }[];
}

/**
 * A reader works through the warm-up cases in one session, by the events with which the viewer drives the shipped one: shows a slice, clicks, takes
 * candidates or clicks errors until the mask is approved or the rounds are used up, accepts. After each number of cases in `after` the first
 * proposal on every new case is compared with what a session that has learnt nothing proposes there; the session itself does not see them.
 */
export async function runSitting(
  network: Network,
  sitting: Sitting,
  after: readonly number[],
): Promise<SittingResult> {
  const begun = sessionReducer(initialSession(sitting.seed), {
    type: 'bundleLoaded',
    prior: priorPreference(network.description),
  });
  const firstDice = async (session: SessionState): Promise<readonly number[]> => {
    const reached: number[] = [];
    for (const work of sitting.fresh) {
      const round = await alone(cache => firstRound(network, session, work, cache));
      reached.push(diceOf(currentRound(round), work));
    }
    return reached;
  };
  const fresh = await firstDice(begun);
  const carried: { after: number; dice: readonly number[] }[] = [];
  let session = begun;
  for (const [number, work] of sitting.warmUp.entries()) {
    session = await alone(cache => workThrough(network, session, work, cache));
    if (after.includes(number + 1)) carried.push({ after: number + 1, dice: await firstDice(session) });
  }
  return { reader: sitting.reader, fresh, carried };
}

async function workThrough(
  network: Network,
  before: SessionState,
  work: Work,
  cache: RoundCache,
): Promise<SessionState> {
  let session = await firstRound(network, before, work, cache);
  for (let number = 1; number < rounds; number++) {
    const round = currentRound(session);
    if (round === null || diceOf(round, work) >= approvedDice) break;
    const said = chooseOrClick(round.proposal, work.target.mask);
    if (said === null) break;
    const event: SessionEvent =
      said.kind === 'prompt'
        ? { type: 'promptPlaced', prompt: said.prompt }
        : said.kind === 'choose'
          ? { type: 'candidateChosen', candidate: said.candidate }
          : { type: 'fieldOfViewScaled', factor: 1, grid: work.slice };
    session = await settled(network, sessionReducer(session, event), work, cache);
  }
  return sessionReducer(session, { type: 'accepted' });
}

function firstRound(
  network: Network,
  session: SessionState,
  { slice, target }: Work,
  cache: RoundCache,
): Promise<SessionState> {
  const shown = sessionReducer(session, { type: 'sliceShown', slice: slice.key });
  const prompted = sessionReducer(shown, { type: 'promptPlaced', prompt: firstPrompt(target, 'click') });
  return settled(network, prompted, { slice, target }, cache);
}

/** Runs what the session waits for, as the viewer does. */
async function settled(
  network: Network,
  session: SessionState,
  { slice }: Work,
  cache: RoundCache,
): Promise<SessionState> {
  const { pending } = session;
  if (pending === null) return session;
  const [said] = pending.kind === 'answer' ? pending.answers : [];
  const round =
    pending.kind === 'propose'
      ? await proposeUnlessNothing(network, slice, pending.input, cache)
      : said === undefined
        ? null
        : await answerUnlessNothing(network, slice, pending.round, said, cache);
  const { id } = pending;
  return sessionReducer(
    session,
    round === null ? { type: 'roundFailed', id } : { type: 'roundProposed', id, round },
  );
}

async function alone<T>(work: (cache: RoundCache) => Promise<T>): Promise<T> {
  const cache = new RoundCache();
  try {
    return await work(cache);
  } finally {
    cache.clear();
  }
}

function diceOf(round: Round | null, { target }: Work): number {
  return round === null ? 0 : dice(round.proposal.recommended.mask, target.mask);
}
