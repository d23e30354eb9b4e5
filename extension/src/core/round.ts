import type { Network } from './network';
import type { Answer, Round, RoundInput } from './proposal';
import type { RoundCache } from './round-cache';
import type { Slice } from './slice';
import type { UncertaintyValues } from './uncertainty';

/** The first round on a slice, or any round from its input alone. */
export declare function propose(
  network: Network,
  slice: Slice,
  input: RoundInput,
  cache: RoundCache,
  signal?: AbortSignal,
): Promise<Round>;

/** Learns from the answers, given in order to `round`, and proposes anew. */
export declare function answer(
  network: Network,
  slice: Slice,
  round: Round,
  answers: readonly Answer[],
  cache: RoundCache,
  signal?: AbortSignal,
): Promise<Round>;

/** How undecided the round's samples are at each pixel of its crop. */
export declare function uncertainty(
  network: Network,
  slice: Slice,
  round: Round,
  cache: RoundCache,
  signal?: AbortSignal,
): Promise<UncertaintyValues>;
