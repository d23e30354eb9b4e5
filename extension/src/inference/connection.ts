import { SpaError } from '../core/error';
import { reasons } from '../text';
import type { LoadProgress } from './engine';
import {
  fromFault,
  transferToWorker,
  type FromWorker,
  type Request,
  type Results,
  type ToWorker,
} from './protocol';

/** The part of a `Worker` that is used. */
export interface EngineWorker {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<FromWorker>) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
  terminate(): void;
}

/** What the browser says of a worker's fault; null of a script that it could not fetch or would not run, of which it tells nothing. */
export function toldBy(event: Event): string | null {
  const told = 'message' in event && typeof event.message === 'string' ? event.message : '';
  return told === '' ? null : told;
}

/** A request without its number. */
type Unnumbered<R> = R extends { readonly id: number } ? Omit<R, 'id'> : never;

interface Pending {
  readonly resolve: (result: Results[keyof Results]) => void;
  readonly reject: (reason: unknown) => void;
  readonly onProgress: ((progress: LoadProgress) => void) | undefined;
}

/**
 * How long a worker may go on with a request that was cancelled while nothing else is asked of it, ms. Longer than any stage of the
 * project's own models; the encoder of a ViT at 1024 x 1024 takes minutes on one thread, and cannot be interrupted.
 */
export const PATIENCE = 8000;

/** Requests to one worker until it crashes or is closed; then everything that is pending rejects, and so does what still comes. */
export class Connection {
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  /** Cancelled, but still at work. */
  private readonly ending = new Set<number>();
  private lastGrace: ReturnType<typeof setTimeout> | undefined;
  private closedBy: { readonly reason: unknown } | null = null;

  constructor(
    private readonly worker: EngineWorker,
    private readonly onClose: () => void,
  ) {
    let answered = false;
    worker.addEventListener('message', event => {
      answered = true;
      this.receive(event.data);
    });
    const crash = (event: Event): void => {
      const reason = toldBy(event) ?? reasons.scriptNotLoaded;
      this.close(new SpaError(answered ? 'worker-crashed' : 'not-started', { reason }));
    };
    worker.addEventListener('error', crash);
    worker.addEventListener('messageerror', crash);
  }

  /** Rejects with a `SpaError`, or with the signal's reason as soon as it is aborted. */
  request<K extends Request['kind']>(
    request: Unnumbered<Extract<Request, { readonly kind: K }>>,
    signal?: AbortSignal,
    onProgress?: (progress: LoadProgress) => void,
  ): Promise<Results[K]> {
    return new Promise<Results[K]>((resolve, reject) => {
      if (this.closedBy !== null) return reject(this.closedBy.reason);
      if (signal?.aborted === true) return reject(signal.reason);
      const id = this.nextId++;
      // Whoever asks anew waits for what is at work: its encoder output serves all clicks on that slice.
      clearTimeout(this.lastGrace);
      const cancel = (): void => {
        this.pending.delete(id);
        this.tell({ kind: 'cancel', id });
        reject(signal?.reason);
        this.giveGrace(id);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.pending.set(id, {
        resolve: result => {
          signal?.removeEventListener('abort', cancel);
          resolve(result as Results[K]);
        },
        reject: reason => {
          signal?.removeEventListener('abort', cancel);
          reject(reason);
        },
        onProgress,
      });
      this.tell({ ...request, id } as unknown as Request);
    });
  }

  tell(message: ToWorker): void {
    if (this.closedBy === null) this.worker.postMessage(message, transferToWorker(message));
  }

  close(reason: unknown): void {
    if (this.closedBy !== null) return;
    this.closedBy = { reason };
    clearTimeout(this.lastGrace);
    this.worker.terminate();
    this.onClose();
    for (const { reject } of this.pending.values()) reject(reason);
    this.pending.clear();
  }

  /** Only the end of a worker frees the processor and the memory of a stage that takes too long to wait for. */
  private giveGrace(cancelled: number): void {
    this.ending.add(cancelled);
    clearTimeout(this.lastGrace);
    if (this.pending.size > 0) return;
    this.lastGrace = setTimeout(() => {
      if (this.ending.size > 0) this.close(new DOMException('The request was cancelled.', 'AbortError'));
    }, PATIENCE);
  }

  private receive(message: FromWorker): void {
    if (message.kind === 'alive') return;
    const pending = this.pending.get(message.id);
    if (message.kind === 'progress') {
      pending?.onProgress?.(message.progress);
      return;
    }
    this.pending.delete(message.id);
    this.ending.delete(message.id);
    if (message.kind === 'ended') return;
    if (message.kind === 'done') {
      pending?.resolve(message.result);
      return;
    }
    const error = fromFault(message.fault);
    pending?.reject(error);
    // Such a worker is in no known state; its successor starts clean.
    if (error.code === 'worker-crashed' || error.code === 'out-of-memory') this.close(error);
  }
}
