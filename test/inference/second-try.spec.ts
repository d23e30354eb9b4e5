import { describe, expect, it, jest } from '@jest/globals';
import { SecondTry } from '../../extension/src/inference/second-try';
import { FakeWorker } from './fake-worker';

function workers() {
  const first = new FakeWorker();
  const second = new FakeWorker();
  const worker = new SecondTry(
    () => first,
    () => second,
  );
  const heard = jest.fn();
  const failed = jest.fn();
  worker.addEventListener('message', event => heard(event.data.kind));
  worker.addEventListener('error', event => failed((event as ErrorEvent).message));
  worker.postMessage({ kind: 'load', id: 1, bundleUrl: 'https://viewer.example/bundle/' }, []);
  return { first, second, worker, heard, failed };
}

describe('a worker with a second way to be started', () => {
  it('is started that way where the browser refuses the first without a word, and is told all again', () => {
    const { first, second, worker, heard, failed } = workers();
    first.crash('');
    expect(first.terminated).toBe(true);
    expect(second.received).toEqual(first.received);
    second.say({ kind: 'alive', lock: 'a lock' });
    expect(heard.mock.calls).toEqual([['alive']]);
    expect(failed).not.toHaveBeenCalled();
    worker.terminate();
    expect(second.terminated).toBe(true);
  });

  it('fails for good where the second way is refused as well', () => {
    const { first, second, failed } = workers();
    first.crash('');
    second.crash('');
    expect(failed.mock.calls).toEqual([['']]);
  });

  it('is not started anew for a fault in its script, or once it has said something', () => {
    const faulty = workers();
    faulty.first.crash('x is not defined');
    expect(faulty.failed.mock.calls).toEqual([['x is not defined']]);
    expect(faulty.second.received).toEqual([]);

    const alive = workers();
    alive.first.say({ kind: 'alive', lock: 'a lock' });
    alive.first.crash('');
    expect(alive.failed).toHaveBeenCalledTimes(1);
    expect(alive.second.received).toEqual([]);
  });

  it('is not started anew once it was told what cannot be told twice, or was ended', () => {
    const moved = workers();
    moved.worker.postMessage({ kind: 'forget', key: 'a slice' }, [new ArrayBuffer(8)]);
    moved.first.crash('');
    expect(moved.failed).toHaveBeenCalledTimes(1);

    const ended = workers();
    ended.worker.terminate();
    ended.first.crash('');
    expect(ended.second.received).toEqual([]);
  });
});
