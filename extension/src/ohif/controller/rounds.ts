import { SpaError } from '../../core/error';
import type { Round } from '../../core/proposal/proposal';
import type { SessionRequest } from '../../core/session/session-state';
import type { Slice } from '../../core/image/slice';
import type { UncertaintyValues } from '../../core/proposal/uncertainty';
import type { Engine } from '../../inference/engine';

export interface RoundsListener {
  proposed(id: number, round: Round): void;
  failed(id: number, error: unknown): void;
  mapped(round: Round): void;
  mapFailed(error: unknown): void;
}

/** Runs what the session asks for: one request at a time, a newer one cancels the older. */
export class Rounds {
  private running: { readonly id: number; readonly abort: AbortController } | null = null;
  private mapping: { readonly round: Round; readonly abort: AbortController } | null = null;
  /** Of one round only: a session can have hundreds. */
  private mapped: { readonly round: Round; readonly map: UncertaintyValues } | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly listener: RoundsListener,
  ) {}

  /** Makes `request` the one that runs; null: none. */
  follow(request: SessionRequest | null, slice: () => Slice | null): void {
    if (this.running?.id === request?.id) return;
    this.running?.abort.abort();
    this.running = null;
    if (request === null) return;
    const abort = new AbortController();
    this.running = { id: request.id, abort };
    // Reading the slice may fail as well: that is a failure of the request.
    const outcome = Promise.resolve().then(() => this.run(request, slice(), abort.signal));
    outcome.then(
      round => this.end(request.id, () => this.listener.proposed(request.id, round)),
      (error: unknown) => this.end(request.id, () => this.listener.failed(request.id, error)),
    );
  }

  map(round: Round | null): UncertaintyValues | null {
    return this.mapped?.round === round ? this.mapped.map : null;
  }

  /** Computes the map of `round` unless it is there or on its way; null: none is wanted. */
  wantMap(round: Round | null, slice: Slice | null): void {
    if (this.mapping?.round === round) return;
    this.mapping?.abort.abort();
    this.mapping = null;
    if (round === null || slice === null || this.mapped?.round === round) return;
    const abort = new AbortController();
    this.mapping = { round, abort };
    const done = (tell: () => void): void => {
      if (this.mapping?.round !== round) return;
      this.mapping = null;
      tell();
    };
    this.engine.uncertainty(slice, round, abort.signal).then(
      map => {
        done(() => {
          this.mapped = { round, map };
          this.listener.mapped(round);
        });
      },
      (error: unknown) => done(() => this.listener.mapFailed(error)),
    );
  }

  stop(): void {
    this.follow(null, () => null);
    this.wantMap(null, null);
    this.mapped = null;
  }

  private run(request: SessionRequest, slice: Slice | null, signal: AbortSignal): Promise<Round> {
    if (slice === null) throw new SpaError('no-image');
    signal.throwIfAborted();
    return request.kind === 'propose'
      ? this.engine.propose(slice, request.input, signal)
      : this.engine.answer(slice, request.round, request.answers, signal);
  }

  /** What an overtaken request still reports is of no interest, not even its failure: it was cancelled. */
  private end(id: number, tell: () => void): void {
    if (this.running?.id !== id) return;
    this.running = null;
    tell();
  }
}
