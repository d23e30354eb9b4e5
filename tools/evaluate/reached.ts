import { dice, type Mask } from '../../extension/src/core/image/mask';
import type { Proposal } from '../../extension/src/core/proposal/proposal';

/** How near a proposal comes to what a reader wants; 0 where there is none. */
export interface Reached {
  /** Of the recommended mask. */
  readonly dice: number;
  /** The best Dice among recommended and candidates. */
  readonly best: number;
}

export function reachedBy(proposal: Proposal | null, target: Mask): Reached {
  if (proposal === null) return { dice: 0, best: 0 };
  const reached = dice(proposal.recommended.mask, target);
  return {
    dice: reached,
    best: Math.max(reached, ...proposal.candidates.map(({ mask }) => dice(mask, target))),
  };
}
