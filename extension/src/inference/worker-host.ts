import { SpaError } from '../core/error';
import type { Round } from '../core/proposal/proposal';
import type { Slice } from '../core/image/slice';
import type { UncertaintyValues } from '../core/proposal/uncertainty';
import type { Engine, LoadedBundle, LoadProgress } from './engine';
import { toFault, type FromWorker, type Request, type Results, type ToWorker } from './protocol';
import { Serial } from './serial';

/** The rounds of a loaded bundle; requests come one at a time. */
export interface Rounds {
  propose(...request: Parameters<Engine['propose']>): Promise<Round>;
  answer(...request: Parameters<Engine['answer']>): Promise<Round>;
  uncertainty(...request: Parameters<Engine['uncertainty']>): Promise<UncertaintyValues>;
}

export type OpenRounds = (
  bundleUrl: string,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
) => Promise<{ readonly bundle: LoadedBundle; readonly rounds: Rounds }>;

/** The worker's side of the protocol. It knows neither the runtime nor that it is in a worker. */
export class WorkerHost {
  private readonly queue = new Serial();
  private readonly cancellable = new Map<number, AbortController>();
  private readonly slices = new Map<string, Slice>();
  private rounds: Rounds | null = null;

  constructor(
    private readonly open: OpenRounds,
    private readonly post: (message: FromWorker) => void,
  ) {}

  receive(message: ToWorker): void {
    switch (message.kind) {
      case 'slice':
        this.slices.set(message.slice.key, message.slice);
        return;
      case 'forget':
        this.slices.delete(message.key);
        return;
      case 'cancel':
        this.cancellable.get(message.id)?.abort();
        return;
      default:
        void this.serve(message);
    }
  }

  private async serve(request: Request): Promise<void> {
    const { id } = request;
    const controller = new AbortController();
    this.cancellable.set(id, controller);
    // Looked up now: by the time its turn comes the page may have taken the slice back.
    const slice = 'key' in request ? this.slices.get(request.key) : undefined;
    try {
      const result = await this.queue.run(async () => {
        controller.signal.throwIfAborted();
        return this.work(request, slice, controller.signal);
      });
      this.post(controller.signal.aborted ? { kind: 'ended', id } : { kind: 'done', id, result });
    } catch (error) {
      // A cancelled request has no one who waits for its answer.
      if (controller.signal.aborted) return this.post({ kind: 'ended', id });
      if (!(error instanceof SpaError)) console.error('SPA: unexpected fault in the worker', error);
      this.post({ kind: 'failed', id, fault: toFault(error) });
    } finally {
      this.cancellable.delete(id);
    }
  }

  private async work(
    request: Request,
    slice: Slice | undefined,
    signal: AbortSignal,
  ): Promise<Results[keyof Results]> {
    if (request.kind === 'load') {
      const opened = await this.open(
        request.bundleUrl,
        progress => this.post({ kind: 'progress', id: request.id, progress }),
        signal,
      );
      this.rounds = opened.rounds;
      return opened.bundle;
    }
    if (this.rounds === null) throw new Error('A round was asked for before a bundle was loaded.');
    if (slice === undefined) throw new Error(`The slice ${request.key} was not sent.`);
    switch (request.kind) {
      case 'propose':
        return this.rounds.propose(slice, request.input, signal);
      case 'answer':
        return this.rounds.answer(slice, request.round, request.answers, signal);
      case 'uncertainty':
        return this.rounds.uncertainty(slice, request.round, signal);
    }
  }
}
