import type { EngineWorker } from '../../extension/src/inference/connection';
import type { FromWorker, ToWorker } from '../../extension/src/inference/protocol';

type Sent<K extends ToWorker['kind']> = Extract<ToWorker, { readonly kind: K }>;

/** A worker that a test plays: it notes what it is told and answers when the test says so. */
export class FakeWorker implements EngineWorker {
  readonly received: ToWorker[] = [];
  readonly transferred: Transferable[][] = [];
  terminated = false;
  private readonly listeners = new Map<string, ((event: never) => void)[]>();

  postMessage(message: ToWorker, transfer: Transferable[]): void {
    this.received.push(message);
    this.transferred.push(transfer);
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(message: FromWorker): void {
    this.emit('message', { data: message });
  }

  crash(message: string): void {
    this.emit('error', { type: 'error', message });
  }

  all<K extends ToWorker['kind']>(kind: K): Sent<K>[] {
    return this.received.filter((each): each is Sent<K> => each.kind === kind);
  }

  last<K extends ToWorker['kind']>(kind: K): Sent<K> {
    const found = this.all(kind).at(-1);
    if (found === undefined) throw new Error(`No ${kind} was received.`);
    return found;
  }

  private emit(type: string, event: object): void {
    for (const listener of this.listeners.get(type) ?? []) listener(event as never);
  }
}
