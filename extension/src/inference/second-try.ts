import { toldBy, type EngineWorker } from './connection';
import type { FromWorker, ToWorker } from './protocol';

type Listener = (event: Event) => void;

/**
 * A worker that is started another way where the browser refuses the first without telling why. What it was told by then is told again: until
 * its first word that is nothing that could be told only once.
 */
export class SecondTry implements EngineWorker {
  private worker: EngineWorker;
  /** What the worker was told before its first word; null once it said something, or once nothing is left to try. */
  private told: ToWorker[] | null = [];
  private readonly listeners: { readonly type: string; readonly listener: Listener }[] = [];

  constructor(
    first: () => EngineWorker,
    private readonly second: () => EngineWorker,
  ) {
    this.worker = this.watched(first());
  }

  postMessage(message: ToWorker, transfer: Transferable[]): void {
    if (transfer.length > 0) this.told = null;
    this.told?.push(message);
    this.worker.postMessage(message, transfer);
  }

  addEventListener(type: 'message', listener: (event: MessageEvent<FromWorker>) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: Listener): void;
  addEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.push({ type, listener: listener as Listener });
  }

  terminate(): void {
    this.told = null;
    this.worker.terminate();
  }

  private watched(worker: EngineWorker): EngineWorker {
    const pass = (type: string, event: Event): void => {
      if (worker !== this.worker) return;
      for (const each of this.listeners) if (each.type === type) each.listener(event);
    };
    worker.addEventListener('message', event => {
      this.told = null;
      pass('message', event);
    });
    worker.addEventListener('messageerror', event => pass('messageerror', event));
    worker.addEventListener('error', event => {
      if (this.told === null || toldBy(event) !== null) pass('error', event);
      else this.tryAgain(this.told);
    });
    return worker;
  }

  private tryAgain(told: readonly ToWorker[]): void {
    this.told = null;
    this.worker.terminate();
    this.worker = this.watched(this.second());
    for (const message of told) this.worker.postMessage(message, []);
  }
}
