import { parseArgs } from 'node:util';
import { UsageError } from '../../tools/usage-error';

export interface BenchOptions {
  /** How often the viewer is opened. */
  readonly sessions: number;
  readonly json: boolean;
}

/** The arguments of a benchmark in the viewer; null where only its usage was asked for. Throws a `UsageError` that says what is wrong. */
export function benchOptions(): BenchOptions | null {
  const { sessions, json, help } = parseArgs({
    options: {
      sessions: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
  if (help) return null;
  const count = Number(sessions);
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new UsageError(`--sessions must be a whole number above 0, and is "${sessions}".`);
  }
  return { sessions: count, json };
}

/** The upper one of two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
