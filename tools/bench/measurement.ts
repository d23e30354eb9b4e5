import { quantile, type RoundTimes } from './scenario';
import type { StageTimes } from './stages';

/** How often is measured. */
export interface Repetitions {
  /** Fresh starts. */
  readonly starts: number;
  /** Sessions on the last start whose later rounds are timed, each followed by a round in the published way: the machine is the same. */
  readonly sessions: number;
}

export const thorough: Repetitions = { starts: 3, sessions: 5 };
/** For models of which one look at an image takes many seconds. */
export const quick: Repetitions = { starts: 1, sessions: 1 };

/** What was timed on one backend. */
export interface Measurement {
  readonly loadsMs: readonly number[];
  /** The first session of each start. */
  readonly first: readonly RoundTimes[];
  /** Further sessions on the last start. */
  readonly further: readonly RoundTimes[];
  /** After each of them. */
  readonly stages: readonly StageTimes[];
  readonly peakBytes: number;
}

export interface BackendReport {
  readonly loadMs: number;
  readonly encoderMs: number;
  readonly firstRoundMs: number;
  readonly roundMs: { readonly median: number; readonly p95: number };
  readonly publishedRoundMs: number;
  readonly ratio: number;
  readonly peakMB: number;
}

export function report(measured: Measurement): BackendReport {
  const later = measured.further.flatMap(each => each.roundsMs);
  const median = quantile(later, 0.5);
  const published = medianOf(measured.stages, each => each.publishedRoundMs);
  return {
    loadMs: rounded(quantile(measured.loadsMs, 0.5)),
    encoderMs: rounded(medianOf(measured.stages, each => each.encoderMs)),
    firstRoundMs: rounded(medianOf(measured.first, each => each.firstRoundMs)),
    roundMs: { median: rounded(median), p95: rounded(quantile(later, 0.95)) },
    publishedRoundMs: rounded(published),
    ratio: rounded(published / median),
    peakMB: rounded(measured.peakBytes / 2 ** 20),
  };
}

function medianOf<T>(items: readonly T[], value: (item: T) => number): number {
  return quantile(items.map(value), 0.5);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
