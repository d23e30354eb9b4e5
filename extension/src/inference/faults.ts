import { reasonOf, SpaError } from '../core/error';
import { reasons } from '../text';

const outOfMemory =
  /out of memory|out-of-memory|\bOOM\b|bad_alloc|bad allocation|(?:cannot|could not|failed to|unable to) (?:allocate|grow)|allocation (?:failed|failure|size overflow)|failed to allocate/i;
/** The runtime itself, before any graph: a part of it did not come, or is another than it must be. */
const absent = /no available backend found/i;
const broken = /unreachable|memory access out of bounds|device (?:is |was )?(?:lost|destroyed)|Aborted\(/i;

/**
 * A fault of the runtime as the user can act on it. A runtime that ran out of memory or trapped is in no known state, and memory that
 * WebAssembly has taken is only given back with the worker: these two codes make the client start a fresh one.
 */
export function runtimeFault(error: unknown): SpaError {
  if (error instanceof SpaError) return error;
  // An uncaught C++ exception arrives as a bare number: its address.
  if (typeof error === 'number') {
    return new SpaError('worker-crashed', { reason: reasons.runtimeFault(error) });
  }
  const reason = reasonOf(error);
  const options = { cause: error };
  if (outOfMemory.test(reason)) return new SpaError('out-of-memory', { reason }, options);
  if (absent.test(reason)) return new SpaError('not-started', { reason: shorten(reason) }, options);
  if (broken.test(reason)) return new SpaError('worker-crashed', { reason }, options);
  return new SpaError('inference-failed', { reason: shorten(reason) }, options);
}

function shorten(reason: string): string {
  const line = reason.split('\n', 1)[0] ?? '';
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
