import { jest } from '@jest/globals';
import { EngineClient } from '../../extension/src/inference/client';
import { finishLoad, holdTheClock, loaded, settle, setUp, silent, url } from './client-at-work';
import { FakeWorker } from './fake-worker';
import { sampleBundle } from './samples';

const other = 'https://host/models/other/';

holdTheClock();

describe('loading', () => {
  it('starts no worker before it is asked to', () => {
    expect(setUp().workers).toHaveLength(0);
  });

  it('gives the bundle and tells the progress', async () => {
    const { client, worker } = setUp();
    const progress: unknown[] = [];
    const promise = client.load(url, each => progress.push(each));
    const { id, bundleUrl } = worker().last('load');
    expect(bundleUrl).toBe(url);
    worker().say({ kind: 'progress', id, progress: { loadedBytes: 1, totalBytes: 2 } });
    finishLoad(worker());
    await expect(promise).resolves.toEqual(sampleBundle);
    expect(progress).toEqual([{ loadedBytes: 1, totalBytes: 2 }]);
  });

  it('is done once for the same bundle', async () => {
    const { client, worker, workers } = await loaded();
    await expect(client.load(url, silent)).resolves.toEqual(sampleBundle);
    expect(workers).toHaveLength(1);
    expect(worker().all('load')).toHaveLength(1);
  });

  it('starts a fresh worker for another bundle', async () => {
    const { client, worker, workers } = await loaded();
    const promise = client.load(other, silent);
    expect(workers).toHaveLength(2);
    expect(worker(0).terminated).toBe(true);
    expect(worker().last('load').bundleUrl).toBe(other);
    finishLoad(worker());
    await promise;
  });

  it('can be retried: what failed is left behind with its worker', async () => {
    const { client, worker, workers } = setUp();
    const first = client.load(url, silent);
    const fault = { code: 'bundle-hash', details: { file: 'head.onnx' } } as const;
    worker().say({ kind: 'failed', id: worker().last('load').id, fault });
    await expect(first).rejects.toMatchObject({
      name: 'SpaError',
      code: 'bundle-hash',
      details: fault.details,
    });
    await settle();
    expect(worker().terminated).toBe(true);
    const second = client.load(url, silent);
    expect(workers).toHaveLength(2);
    finishLoad(worker());
    await expect(second).resolves.toEqual(sampleBundle);
  });

  it('says so when the page may start no worker, and tries again when asked to', async () => {
    let forbidden = true;
    const worker = new FakeWorker();
    const client = new EngineClient(() => {
      if (forbidden) throw new Error('worker-src forbids it');
      return worker;
    });
    await expect(client.load(url, silent)).rejects.toMatchObject({
      code: 'not-started',
      details: { reason: 'worker-src forbids it' },
    });
    forbidden = false;
    const again = client.load(url, silent);
    finishLoad(worker);
    await expect(again).resolves.toEqual(sampleBundle);
  });

  it.each([1, 2, 3])('stops when all %i who waited have turned away and no one comes', async count => {
    const { client, worker } = setUp();
    const waiters = Array.from({ length: count }, () => new AbortController());
    const loads = waiters.map(({ signal }) => client.load(url, silent, signal));
    waiters.forEach(waiter => waiter.abort(new Error('closed')));
    for (const load of loads) await expect(load).rejects.toThrow('closed');
    jest.runAllTimers();
    expect(worker().terminated).toBe(true);

    const again = client.load(url, silent);
    finishLoad(worker());
    await expect(again).resolves.toEqual(sampleBundle);
  });

  it('that ends soon after the last one turned away is kept for the next', async () => {
    const { client, worker, workers } = setUp();
    const controller = new AbortController();
    const promise = client.load(url, silent, controller.signal);
    controller.abort(new Error('Esc'));
    await expect(promise).rejects.toThrow('Esc');
    finishLoad(worker());
    await settle();
    jest.runAllTimers();
    expect(worker().terminated).toBe(false);
    await expect(client.load(url, silent)).resolves.toEqual(sampleBundle);
    expect(workers).toHaveLength(1);
  });

  it('goes on when one of two who wait turns away', async () => {
    const { client, worker } = setUp();
    const controller = new AbortController();
    const first = client.load(url, silent, controller.signal);
    const second = client.load(url, silent);
    controller.abort(new Error('closed'));
    await expect(first).rejects.toThrow('closed');
    expect(worker().terminated).toBe(false);
    finishLoad(worker());
    await expect(second).resolves.toEqual(sampleBundle);
  });
});
