import { dice } from '../image/mask';
import type { Round } from './proposal';

/**
 * Dice of the proposal to the mask on the image before. Where the structure was there still, none of 243 proposals on neighbouring slices
 * (held-out LIDC patients) was less like it.
 */
const UNLIKE = 0.4;

/** Whether what is proposed for a structure that was followed here is so little like it that it may have ended. The user has said nothing yet. */
export function isUnlikeFollowed({ input, proposal }: Pick<Round, 'input' | 'proposal'>): boolean {
  const { followed, prompts } = input;
  if (followed === undefined || prompts.length > 1) return false;
  return dice(proposal.recommended.mask, followed) < UNLIKE;
}
