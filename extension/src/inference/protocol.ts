import { reasonOf, SpaError } from '../core/error';
import type { Answer, Round } from '../core/proposal/proposal';
import type { RoundInput } from '../core/sampling/round-input';
import type { Slice } from '../core/image/slice';
import type { ProblemCode } from '../text';
import type { UncertaintyValues } from '../core/proposal/uncertainty';
import type { LoadedBundle, LoadProgress } from './engine';

/**
 * What page and worker say to each other. The page numbers its requests; each is answered once, by `done` or `failed`, or, once it was
 * cancelled, by `ended`. Slices travel once (`slice`) and are then named by key, until the page takes them back (`forget`).
 *
 *     page    load ---------> worker    slice, propose -------> answer ------> cancel --->
 *             <- progress*, done              <--- done             <--- failed    <--- ended
 */
export type ToWorker =
  | { readonly kind: 'load'; readonly id: number; readonly bundleUrl: string }
  | { readonly kind: 'slice'; readonly slice: Slice }
  | { readonly kind: 'forget'; readonly key: string }
  | { readonly kind: 'propose'; readonly id: number; readonly key: string; readonly input: RoundInput }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly key: string;
      readonly round: Round;
      readonly answers: readonly Answer[];
    }
  | { readonly kind: 'uncertainty'; readonly id: number; readonly key: string; readonly round: Round }
  | { readonly kind: 'cancel'; readonly id: number };

/** The requests that are answered. */
export type Request = Extract<ToWorker, { readonly id: number }> & { readonly kind: keyof Results };

/** What each request is answered with. */
export interface Results {
  readonly load: LoadedBundle;
  readonly propose: Round;
  readonly answer: Round;
  readonly uncertainty: UncertaintyValues;
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: LoadProgress }
  | { readonly kind: 'done'; readonly id: number; readonly result: Results[keyof Results] }
  | { readonly kind: 'failed'; readonly id: number; readonly fault: Fault }
  /** A cancelled request is over: the worker is free. */
  | { readonly kind: 'ended'; readonly id: number }
  /** Once, unasked: while the worker lives it holds the lock of this name. */
  | { readonly kind: 'alive'; readonly lock: string };

/** A `SpaError` as plain data: an error loses its class at the boundary, and its text belongs to the page's language. */
export interface Fault {
  readonly code: ProblemCode;
  readonly details: Readonly<Record<string, string | number>>;
}

export function toFault(error: unknown): Fault {
  if (error instanceof SpaError) return { code: error.code, details: error.details };
  return { code: 'unexpected', details: { reason: reasonOf(error) } };
}

export function fromFault(fault: Fault): SpaError {
  return new SpaError(fault.code, fault.details);
}

/** What moves into the worker instead of being copied. */
export function transferToWorker(message: ToWorker): Transferable[] {
  return message.kind === 'slice' ? [message.slice.values.buffer as ArrayBuffer] : [];
}

/** What moves back. The masks of a round stay: the worker's cache may still hold them. */
export function transferFromWorker(message: FromWorker): Transferable[] {
  if (message.kind !== 'done' || !('values' in message.result)) return [];
  return [message.result.values.buffer as ArrayBuffer];
}

/**
 * A copy of the slice that may be moved away. The host's pixels may be a view into a whole volume, of which a plain copy of the view
 * would take everything along, or shared memory, which cannot be moved.
 */
export function movable(slice: Slice): Slice {
  return { ...slice, values: slice.values.slice() };
}
