import type { Network } from '../../extension/src/core/network/network';
import type { SessionState } from '../../extension/src/core/session/session-state';
import { beginSession, firstRound, reachedIn, workThrough } from './simulated-session';
import type { Sitting } from './sittings';

/** What a first proposal reaches on each of the new cases. */
export interface SittingResult {
  readonly reader: string;
  /** Dice of a fresh start. */
  readonly fresh: readonly number[];
  /** For each number of cases before: Dice with what was carried over from them. */
  readonly carried: readonly { readonly after: number; readonly dice: readonly number[] }[];
}

/**
 * A reader works through the warm-up cases in one session. After each number of cases in `after` the first proposal on every new case is
 * compared with what a session that has learnt nothing proposes there; the session itself does not see them.
 */
export async function runSitting(
  network: Network,
  sitting: Sitting,
  after: readonly number[],
): Promise<SittingResult> {
  const begun = beginSession(network, sitting.seed);
  const firstDice = async (session: SessionState): Promise<readonly number[]> => {
    const reached: number[] = [];
    for (const work of sitting.fresh) {
      reached.push(reachedIn(await firstRound(network, session, work), work).dice);
    }
    return reached;
  };
  const fresh = await firstDice(begun);
  const carried: { after: number; dice: readonly number[] }[] = [];
  let session = begun;
  for (const [number, work] of sitting.warmUp.entries()) {
    session = await workThrough(network, session, work);
    if (after.includes(number + 1)) carried.push({ after: number + 1, dice: await firstDice(session) });
  }
  return { reader: sitting.reader, fresh, carried };
}
