/**
 * How a page learns that a worker is gone. A browser that ends one to get its memory back tells nobody: whoever waits for it would wait for
 * good. So the worker holds a lock as long as it lives, and tells its name; the page asks for that lock, and gets it with the worker's end.
 * Browsers have locks in secure contexts only; without them all is as if there was no lifeline.
 */
import { reasons } from '../text';
import type { FromWorker } from './protocol';

type Locks = Pick<LockManager, 'request'>;

/** In the worker. */
export function holdLifeline(locks: Locks | undefined, post: (message: FromWorker) => void): void {
  if (locks === undefined) return;
  const lock = `spa-worker:${crypto.randomUUID()}`;
  const untilTheEnd = (): Promise<void> => {
    post({ kind: 'alive', lock });
    return new Promise(() => undefined);
  };
  locks.request(lock, untilTheEnd).catch(withoutLifeline);
}

/** In the page: what becomes of the worker without a word is told as an error of it. Also its end by the page, of which nobody hears any more. */
export function watchLifeline(locks: Locks | undefined, worker: EventTarget): void {
  worker.addEventListener('message', event => {
    const { data } = event as MessageEvent<FromWorker>;
    if (data.kind !== 'alive') return;
    const tell = (): boolean =>
      worker.dispatchEvent(Object.assign(new Event('error'), { message: reasons.ended }));
    locks?.request(data.lock, tell).catch(withoutLifeline);
  });
}

/** A page in a sandbox is refused locks, and goes without: nothing that its user does needs one. */
function withoutLifeline(): void {
  console.warn('SPA: the browser gives no locks; an end of the worker may go unseen.');
}
