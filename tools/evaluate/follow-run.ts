import { dice, type Mask } from '../../extension/src/core/image/mask';
import type { Network } from '../../extension/src/core/network/network';
import { currentRound, type SessionState } from '../../extension/src/core/session/session-state';
import type { Reached } from './reached';
import { beginSession, workOut, workThrough } from './simulated-session';
import type { Work } from './work';

/** What is reached on the second image of a pair; 0 where nothing is proposed, or nothing was accepted that could be followed. */
export interface FollowResult {
  /** Dice of the mask that was accepted on the first image, as it is. */
  readonly copied: number;
  /** From the reader's click on: an entry for each round until the mask is approved. */
  readonly clicked: readonly Reached[];
  /** From the accepted mask on, which is followed without a click. */
  readonly followed: readonly Reached[];
}

/**
 * A reader works through the first image and accepts; then the same session works through the second one from each beginning. Neither sees
 * what the other has led to.
 */
export async function runFollow(
  network: Network,
  first: Work,
  second: Work,
  seed: number,
): Promise<FollowResult> {
  const session = await workThrough(network, beginSession(network, seed), first);
  const clicked = (await workOut(network, session, second)).course;
  const mask = acceptedIn(session);
  if (mask === null) return { copied: 0, clicked, followed: [{ dice: 0, best: 0 }] };
  const followed = await workOut(network, session, second, { type: 'structureFollowed', mask });
  return { copied: dice(mask, second.target.mask), clicked, followed: followed.course };
}

/** The mask that was accepted last; null where the model had found nothing to accept. */
function acceptedIn({ acceptance }: SessionState): Mask | null {
  const round = acceptance === null ? null : currentRound(acceptance.before);
  return round === null ? null : round.proposal.recommended.mask;
}
