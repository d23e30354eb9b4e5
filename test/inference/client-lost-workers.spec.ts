import { jest } from '@jest/globals';
import {
  asked,
  finishLoad,
  finishRound,
  holdTheClock,
  loaded,
  settle,
  setUp,
  silent,
  url,
} from './client-at-work';
import { sampleBundle, sampleInput, sampleRound, sampleSlice } from './samples';

holdTheClock();

describe('a crash', () => {
  it('rejects everything that is pending', async () => {
    const { client, round, worker } = await asked();
    const map = client.uncertainty(sampleSlice(), sampleRound);
    await settle();
    worker().crash('boom');
    await expect(round).rejects.toMatchObject({ code: 'worker-crashed', details: { reason: 'boom' } });
    await expect(map).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it('is followed by a fresh worker that has the bundle and the slice again', async () => {
    const { client, round: lost, worker, workers } = await asked();
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
    finishRound(worker());
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
    finishRound(worker());
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
      const { client, round, worker } = await asked();
      const map = client.uncertainty(sampleSlice(), sampleRound);
      await settle();
      worker().say({ kind: 'failed', id: worker().last('propose').id, fault: { code, details: {} } });
      await expect(round).rejects.toMatchObject({ code });
      await expect(map).rejects.toMatchObject({ code });
      expect(worker().terminated).toBe(true);
    },
  );
});

describe('dispose', () => {
  it('ends the worker, rejects what is pending, and a later call starts anew', async () => {
    const { client, round, worker, workers } = await asked();
    client.dispose();
    await expect(round).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(worker().terminated).toBe(true);
    const again = client.propose(sampleSlice(), sampleInput);
    expect(workers).toHaveLength(2);
    finishLoad(worker());
    await settle();
    finishRound(worker());
    await expect(again).resolves.toEqual(sampleRound);
  });

  it('before anything was started does nothing', () => {
    expect(() => setUp().client.dispose()).not.toThrow();
  });
});
