import { jest } from '@jest/globals';
import { SpaError } from '../../extension/src/core/error';
import { EngineClient } from '../../extension/src/inference/client';
import { FakeWorker } from './fake-worker';
import { sampleBundle, sampleInput, sampleRound, sampleSlice } from './samples';

const url = 'https://host/models/tiny/';
const other = 'https://host/models/other/';
const silent = (): void => undefined;

/** A client, and the workers that it has started. */
function setUp(): { client: EngineClient; workers: FakeWorker[]; worker: (index?: number) => FakeWorker } {
  const workers: FakeWorker[] = [];
  const client = new EngineClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return {
    client,
    workers,
    worker: (index = -1) => {
      const found = workers.at(index);
      if (found === undefined) throw new Error('No worker was started.');
      return found;
    },
  };
}

async function loaded(): Promise<ReturnType<typeof setUp>> {
  const all = setUp();
  const promise = all.client.load(url, silent);
  finishLoad(all.worker());
  await promise;
  return all;
}

function finishLoad(worker: FakeWorker): void {
  worker.say({ kind: 'done', id: worker.last('load').id, result: sampleBundle });
}

/** Lets what is due happen. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

// What the client waits for after a cancellation must not keep the tests waiting.
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

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

describe('a request', () => {
  it('is answered with the round', async () => {
    const { client, worker } = await loaded();
    const promise = client.propose(sampleSlice(), sampleInput);
    await settle();
    worker().say({ kind: 'done', id: worker().last('propose').id, result: sampleRound });
    await expect(promise).resolves.toEqual(sampleRound);
  });

  it('sends a slice once, and leaves the pixels of the host where they are', async () => {
    const { client, worker } = await loaded();
    const slice = sampleSlice();
    void client.propose(slice, sampleInput);
    await settle();
    void client.answer(slice, sampleRound, [{ kind: 'choose', candidate: 0 }]);
    await settle();
    expect(worker().all('slice')).toHaveLength(1);
    const sent = worker().last('slice').slice;
    expect(sent).toEqual(slice);
    expect(sent.values.buffer).not.toBe(slice.values.buffer);
    expect(worker().transferred[worker().received.indexOf(worker().last('slice'))]).toEqual([
      sent.values.buffer,
    ]);
  });

  it('takes only the slice along when its pixels are a view into a volume', async () => {
    const { client, worker } = await loaded();
    const volume = new Int16Array(1000);
    void client.propose({ ...sampleSlice(), values: volume.subarray(8, 16) }, sampleInput);
    await settle();
    expect(worker().last('slice').slice.values.buffer.byteLength).toBe(16);
  });

  it('lets the worker forget the slice that was used longest ago', async () => {
    const { client, worker } = await loaded();
    for (let i = 0; i < 9; i++) void client.propose(sampleSlice(`slice-${i}`), sampleInput);
    await settle();
    expect(worker().all('forget')).toEqual([{ kind: 'forget', key: 'slice-0' }]);
    void client.propose(sampleSlice('slice-0'), sampleInput);
    await settle();
    expect(
      worker()
        .all('slice')
        .map(each => each.slice.key)
        .at(-1),
    ).toBe('slice-0');
  });

  it('rejects with the text of its fault', async () => {
    const { client, worker } = await loaded();
    const promise = client.propose(sampleSlice(), sampleInput);
    await settle();
    const { id } = worker().last('propose');
    worker().say({ kind: 'failed', id, fault: { code: 'nothing-found', details: {} } });
    await expect(promise).rejects.toBeInstanceOf(SpaError);
    await expect(promise).rejects.toMatchObject({ code: 'nothing-found' });
    expect(worker().terminated).toBe(false);
  });

  it('that is cancelled rejects at once with the reason, and the worker is told', async () => {
    const { client, worker } = await loaded();
    const controller = new AbortController();
    const promise = client.propose(sampleSlice(), sampleInput, controller.signal);
    await settle();
    const { id } = worker().last('propose');
    const reason = new Error('a newer click');
    controller.abort(reason);
    await expect(promise).rejects.toBe(reason);
    expect(worker().last('cancel')).toEqual({ kind: 'cancel', id });
  });

  it('that is overtaken does not take the answer of the newer one', async () => {
    const { client, worker } = await loaded();
    const controller = new AbortController();
    const older = client.propose(sampleSlice(), sampleInput, controller.signal);
    await settle();
    const olderId = worker().last('propose').id;
    controller.abort(new Error('overtaken'));
    const newer = client.propose(sampleSlice(), { ...sampleInput, seed: 2 });
    await settle();
    const newerId = worker().last('propose').id;
    worker().say({
      kind: 'done',
      id: olderId,
      result: { ...sampleRound, crop: { ...sampleRound.crop, side: 9 } },
    });
    worker().say({ kind: 'done', id: newerId, result: sampleRound });
    await expect(older).rejects.toThrow('overtaken');
    await expect(newer).resolves.toEqual(sampleRound);
  });

  it('that is cancelled and cannot be interrupted ends with its worker; the next one starts afresh', async () => {
    const { client, worker, workers } = await loaded();
    const controller = new AbortController();
    const promise = client.propose(sampleSlice(), sampleInput, controller.signal);
    await settle();
    controller.abort(new Error('Esc'));
    await expect(promise).rejects.toThrow('Esc');
    expect(worker().terminated).toBe(false);
    jest.runAllTimers();
    expect(worker().terminated).toBe(true);

    const next = client.propose(sampleSlice(), sampleInput);
    expect(workers).toHaveLength(2);
    finishLoad(worker());
    await settle();
    worker().say({ kind: 'done', id: worker().last('propose').id, result: sampleRound });
    await expect(next).resolves.toEqual(sampleRound);
  });

  it('that is cancelled and ends soon leaves the worker as it is', async () => {
    const { client, worker } = await loaded();
    const controller = new AbortController();
    const promise = client.propose(sampleSlice(), sampleInput, controller.signal);
    await settle();
    const { id } = worker().last('propose');
    controller.abort(new Error('Esc'));
    await expect(promise).rejects.toThrow('Esc');
    worker().say({ kind: 'ended', id });
    jest.runAllTimers();
    expect(worker().terminated).toBe(false);
  });

  it('that is overtaken goes on for the newer one, which uses what it has computed', async () => {
    const { client, worker } = await loaded();
    const controller = new AbortController();
    const older = client.propose(sampleSlice(), sampleInput, controller.signal);
    await settle();
    controller.abort(new Error('overtaken'));
    const newer = client.propose(sampleSlice(), { ...sampleInput, seed: 2 });
    await expect(older).rejects.toThrow('overtaken');
    await settle();
    jest.runAllTimers();
    expect(worker().terminated).toBe(false);
    worker().say({ kind: 'done', id: worker().last('propose').id, result: sampleRound });
    await expect(newer).resolves.toEqual(sampleRound);
  });

  it('with a signal that is already aborted asks nothing', async () => {
    const { client, worker } = await loaded();
    await expect(
      client.propose(sampleSlice(), sampleInput, AbortSignal.abort(new Error('late'))),
    ).rejects.toThrow('late');
    expect(worker().all('propose')).toHaveLength(0);
  });

  it('needs a bundle first', async () => {
    await expect(setUp().client.propose(sampleSlice(), sampleInput)).rejects.toThrow('Call load');
  });
});

describe('a crash', () => {
  it('rejects everything that is pending', async () => {
    const { client, worker } = await loaded();
    const first = client.propose(sampleSlice(), sampleInput);
    const second = client.uncertainty(sampleSlice(), sampleRound);
    await settle();
    worker().crash('boom');
    await expect(first).rejects.toMatchObject({ code: 'worker-crashed', details: { reason: 'boom' } });
    await expect(second).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it('is followed by a fresh worker that has the bundle and the slice again', async () => {
    const { client, worker, workers } = await loaded();
    const lost = client.propose(sampleSlice(), sampleInput);
    await settle();
    worker().crash('boom');
    await expect(lost).rejects.toThrow();
    const promise = client.answer(sampleSlice(), sampleRound, []);
    expect(workers).toHaveLength(2);
    expect(worker().last('load').bundleUrl).toBe(url);
    expect(worker().all('answer')).toHaveLength(0);
    finishLoad(worker());
    await settle();
    expect(worker().received.map(each => each.kind)).toEqual(['load', 'slice', 'answer']);
    worker().say({ kind: 'done', id: worker().last('answer').id, result: sampleRound });
    await expect(promise).resolves.toEqual(sampleRound);
  });

  it('is followed by one load, however often the user clicks while it is on its way', async () => {
    const { client, worker, workers } = await loaded();
    worker().crash('boom');
    let click = new AbortController();
    let round = client.propose(sampleSlice(), sampleInput, click.signal);
    for (let seed = 2; seed < 5; seed++) {
      await settle();
      const overtaken = round;
      click.abort(new Error('overtaken'));
      click = new AbortController();
      round = client.propose(sampleSlice(), { ...sampleInput, seed }, click.signal);
      await expect(overtaken).rejects.toThrow('overtaken');
    }
    jest.runAllTimers();
    expect(workers).toHaveLength(2);
    expect(worker().terminated).toBe(false);
    finishLoad(worker());
    await settle();
    expect(
      worker()
        .all('propose')
        .map(({ input }) => input.seed),
    ).toEqual([4]);
    worker().say({ kind: 'done', id: worker().last('propose').id, result: sampleRound });
    await expect(round).resolves.toEqual(sampleRound);
  });

  it('after which another bundle lies at the address is told, and nothing is asked of that one until it is loaded', async () => {
    const { client, worker } = await loaded();
    worker().crash('boom');
    const promise = client.answer(sampleSlice(), sampleRound, []);
    const released = { ...sampleBundle, fingerprint: 'c3' };
    worker().say({ kind: 'done', id: worker().last('load').id, result: released });
    await expect(promise).rejects.toMatchObject({ code: 'bundle-changed' });
    expect(worker().all('answer')).toHaveLength(0);

    await expect(client.load(url, silent)).resolves.toEqual(released);
    const round = client.propose(sampleSlice(), sampleInput);
    await settle();
    worker().say({ kind: 'done', id: worker().last('propose').id, result: sampleRound });
    await expect(round).resolves.toEqual(sampleRound);
  });

  it('while it loads rejects the load', async () => {
    const { client, worker } = setUp();
    const promise = client.load(url, silent);
    const { id } = worker().last('load');
    worker().say({ kind: 'progress', id, progress: { loadedBytes: 1, totalBytes: 2 } });
    worker().crash('boom');
    await expect(promise).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it.each([
    ['', 'its script worker.js could not be loaded'],
    ['Failed to fetch dynamically imported module', 'Failed to fetch dynamically imported module'],
  ])('of a worker that has not said a word is told as one that did not start: %p', async (told, reason) => {
    const { client, worker, workers } = setUp();
    const promise = client.load(url, silent);
    worker().crash(told);
    await expect(promise).rejects.toMatchObject({ code: 'not-started', details: { reason } });

    const again = client.load(url, silent);
    expect(workers).toHaveLength(2);
    finishLoad(worker());
    await expect(again).resolves.toEqual(sampleBundle);
  });

  it.each(['worker-crashed', 'out-of-memory'] as const)(
    'is also what the worker itself calls %s',
    async code => {
      const { client, worker } = await loaded();
      const promise = client.propose(sampleSlice(), sampleInput);
      const waiting = client.uncertainty(sampleSlice(), sampleRound);
      await settle();
      worker().say({ kind: 'failed', id: worker().last('propose').id, fault: { code, details: {} } });
      await expect(promise).rejects.toMatchObject({ code });
      await expect(waiting).rejects.toMatchObject({ code });
      expect(worker().terminated).toBe(true);
    },
  );
});

describe('dispose', () => {
  it('ends the worker, rejects what is pending, and a later call starts anew', async () => {
    const { client, worker, workers } = await loaded();
    const pending = client.propose(sampleSlice(), sampleInput);
    await settle();
    client.dispose();
    await expect(pending).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(worker().terminated).toBe(true);
    const again = client.propose(sampleSlice(), sampleInput);
    expect(workers).toHaveLength(2);
    finishLoad(worker());
    await settle();
    worker().say({ kind: 'done', id: worker().last('propose').id, result: sampleRound });
    await expect(again).resolves.toEqual(sampleRound);
  });

  it('before anything was started does nothing', () => {
    expect(() => setUp().client.dispose()).not.toThrow();
  });
});
