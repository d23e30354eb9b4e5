import { expect, it, jest } from '@jest/globals';
import { holdLifeline, watchLifeline } from '../../extension/src/inference/lifeline';
import type { FromWorker } from '../../extension/src/inference/protocol';

type Callback = (lock: null) => unknown;

/** Locks as browsers have them: who asks for one that is held waits for its end. */
class FakeLocks {
  private readonly waiting = new Map<string, Callback[]>();

  request = ((name: string, callback: Callback) => {
    const queue = this.waiting.get(name);
    if (queue === undefined) {
      this.waiting.set(name, []);
      callback(null);
    } else queue.push(callback);
    return Promise.resolve();
  }) as LockManager['request'];

  /** Whoever held it is gone. */
  release(name: string): void {
    this.waiting.get(name)?.shift()?.(null);
  }
}

function workerAndPage(locks: FakeLocks | undefined) {
  const worker = new EventTarget();
  const told = jest.fn();
  worker.addEventListener('error', event => told((event as unknown as { message: string }).message));
  watchLifeline(locks, worker);
  const posted: FromWorker[] = [];
  holdLifeline(locks, message => {
    posted.push(message);
    worker.dispatchEvent(new MessageEvent('message', { data: message }));
  });
  return { told, posted };
}

it('tells the page of a worker that ends without a word, and of none that lives', () => {
  const locks = new FakeLocks();
  const { told, posted } = workerAndPage(locks);
  const [alive] = posted;
  expect(alive?.kind).toBe('alive');
  expect(told).not.toHaveBeenCalled();
  locks.release(alive?.kind === 'alive' ? alive.lock : '');
  expect(told).toHaveBeenCalledTimes(1);
});

it('gives every worker a lock of its own', () => {
  const locks = new FakeLocks();
  const names = [workerAndPage(locks), workerAndPage(locks)].map(({ posted }) => JSON.stringify(posted[0]));
  expect(new Set(names).size).toBe(2);
});

it('is not there, and breaks nothing, where the browser has no locks', () => {
  const { told, posted } = workerAndPage(undefined);
  expect(posted).toEqual([]);
  expect(told).not.toHaveBeenCalled();
});
