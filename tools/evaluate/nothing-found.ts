/** Where the model finds nothing the user stays with what there was: that is no fault of the evaluation. */
import { SpaError } from '../../extension/src/core/error';
import type { Network } from '../../extension/src/core/network/network';
import type { Answer, Round } from '../../extension/src/core/proposal/proposal';
import type { RoundInput } from '../../extension/src/core/sampling/round-input';
import { answer, propose } from '../../extension/src/core/session/round';
import type { RoundCache } from '../../extension/src/core/sampling/round-cache';
import type { Slice } from '../../extension/src/core/image/slice';

/** `propose`, or null. */
export function proposeUnlessNothing(
  network: Network,
  slice: Slice,
  input: RoundInput,
  cache: RoundCache,
): Promise<Round | null> {
  return unlessNothing(propose(network, slice, input, cache));
}

/** `answer`, or null. */
export function answerUnlessNothing(
  network: Network,
  slice: Slice,
  round: Round,
  said: Answer,
  cache: RoundCache,
): Promise<Round | null> {
  return unlessNothing(answer(network, slice, round, [said], cache));
}

async function unlessNothing(round: Promise<Round>): Promise<Round | null> {
  try {
    return await round;
  } catch (error) {
    if (error instanceof SpaError && error.code === 'nothing-found') return null;
    throw error;
  }
}
