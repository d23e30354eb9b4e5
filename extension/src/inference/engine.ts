import type { NetworkDescription } from '../core/network/network';
import type { Answer, Round } from '../core/proposal/proposal';
import type { RoundInput } from '../core/sampling/round-input';
import type { Slice } from '../core/image/slice';
import type { UncertaintyValues } from '../core/proposal/uncertainty';

export type Backend = 'webgpu' | 'wasm-threads' | 'wasm';

/** Progress of the first load, in bytes over all files of runtime and bundle. */
export interface LoadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

export interface LoadedBundle {
  readonly name: string;
  readonly version: string;
  /** The graphs' SHA-256: what was learnt with a bundle holds for another with the same graphs, whatever it is called, and for no other. */
  readonly fingerprint: string;
  readonly license: string;
  readonly modalities: readonly string[];
  readonly backend: Backend;
  /** Threads of the wasm backend; 1 otherwise. */
  readonly threads: number;
  /** Why a graphics card that the browser offers is not used; null where it is, or where there is none. */
  readonly passedOver: string | null;
  readonly network: NetworkDescription;
}

/**
 * The engine as the page sees it: a worker behind promises (`inference/client.ts`). Every promise rejects with a `SpaError`, or
 * with the signal's reason (`AbortError`) when it was cancelled. Requests run one at a time; a cancelled one ends at its next stage.
 */
export interface Engine {
  load(
    bundleUrl: string,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<LoadedBundle>;
  /** The first round on a slice. */
  propose(slice: Slice, input: RoundInput, signal?: AbortSignal): Promise<Round>;
  /** Learns from the answers, given in order to `round`, and proposes anew. */
  answer(slice: Slice, round: Round, answers: readonly Answer[], signal?: AbortSignal): Promise<Round>;
  uncertainty(slice: Slice, round: Round, signal?: AbortSignal): Promise<UncertaintyValues>;
  /** Stops the worker; the next call starts a fresh one and loads the bundle again. */
  dispose(): void;
}
