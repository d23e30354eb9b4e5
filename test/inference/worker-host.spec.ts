import { jest } from '@jest/globals';
import { SpaError } from '../../extension/src/core/error';
import { type FromWorker, transferFromWorker } from '../../extension/src/inference/protocol';
import { WorkerHost, type Rounds } from '../../extension/src/inference/worker-host';
import { sampleBundle, sampleInput, sampleRound, sampleSlice } from './samples';

const map = { x: 0, y: 0, width: 2, height: 1, values: new Uint8Array([1, 2]) };

/** A loaded host over rounds that a test replaces, what it posted, and a wait until it has posted so much. */
async function setUp(rounds: Partial<Rounds> = {}): Promise<{
  host: WorkerHost;
  posted: FromWorker[];
  until: (count: number) => Promise<void>;
}> {
  const posted: FromWorker[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const host = new WorkerHost(
    async (_url, onProgress) => {
      onProgress({ loadedBytes: 1, totalBytes: 1 });
      return {
        bundle: sampleBundle,
        rounds: {
          propose: async () => sampleRound,
          answer: async () => sampleRound,
          uncertainty: async () => map,
          ...rounds,
        },
      };
    },
    message => {
      posted.push(message);
      for (const each of waiting) if (posted.length >= each.count) each.resolve();
    },
  );
  const until = (count: number): Promise<void> =>
    posted.length >= count ? Promise.resolve() : new Promise(resolve => waiting.push({ count, resolve }));
  host.receive({ kind: 'load', id: 1, bundleUrl: 'https://host/' });
  await until(2);
  posted.length = 0;
  host.receive({ kind: 'slice', slice: sampleSlice('a') });
  return { host, posted, until };
}

describe('the worker', () => {
  it('answers each request by its number', async () => {
    const { host, posted, until } = await setUp();
    host.receive({ kind: 'propose', id: 2, key: 'a', input: sampleInput });
    host.receive({ kind: 'uncertainty', id: 3, key: 'a', round: sampleRound });
    await until(2);
    expect(posted).toEqual([
      { kind: 'done', id: 2, result: sampleRound },
      { kind: 'done', id: 3, result: map },
    ]);
  });

  it('works on one request at a time, in their order', async () => {
    const log: string[] = [];
    const { host, until } = await setUp({
      propose: async (_slice, input) => {
        log.push(`begin ${input.seed}`);
        await Promise.resolve();
        log.push(`end ${input.seed}`);
        return sampleRound;
      },
    });
    host.receive({ kind: 'propose', id: 2, key: 'a', input: { ...sampleInput, seed: 1 } });
    host.receive({ kind: 'propose', id: 3, key: 'a', input: { ...sampleInput, seed: 2 } });
    await until(2);
    expect(log).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  });

  it('stops a cancelled request and says of it only that it has ended', async () => {
    let started = (): void => undefined;
    const running = new Promise<void>(resolve => {
      started = resolve;
    });
    const { host, posted, until } = await setUp({
      propose: (_slice, _input, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
          started();
        }),
    });
    host.receive({ kind: 'propose', id: 2, key: 'a', input: sampleInput });
    await running;
    host.receive({ kind: 'cancel', id: 2 });
    host.receive({ kind: 'uncertainty', id: 3, key: 'a', round: sampleRound });
    await until(2);
    expect(posted).toMatchObject([
      { kind: 'ended', id: 2 },
      { kind: 'done', id: 3 },
    ]);
  });

  it('does not begin a request that was cancelled while it waited', async () => {
    const propose = jest.fn(async () => sampleRound);
    const { host, until } = await setUp({ propose });
    host.receive({ kind: 'uncertainty', id: 2, key: 'a', round: sampleRound });
    host.receive({ kind: 'propose', id: 3, key: 'a', input: sampleInput });
    host.receive({ kind: 'cancel', id: 3 });
    host.receive({ kind: 'uncertainty', id: 4, key: 'a', round: sampleRound });
    await until(3);
    expect(propose).not.toHaveBeenCalled();
  });

  it('sends a fault by its code and details', async () => {
    const { host, posted, until } = await setUp({
      propose: () => Promise.reject(new SpaError('nothing-found', { reason: 'empty' })),
    });
    host.receive({ kind: 'propose', id: 2, key: 'a', input: sampleInput });
    await until(1);
    expect(posted).toEqual([
      { kind: 'failed', id: 2, fault: { code: 'nothing-found', details: { reason: 'empty' } } },
    ]);
  });

  it('calls what it does not know unexpected, and leaves it in the log', async () => {
    const logged = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { host, posted, until } = await setUp({
      propose: () => Promise.reject(new TypeError('x is not a function')),
    });
    host.receive({ kind: 'propose', id: 2, key: 'a', input: sampleInput });
    await until(1);
    expect(posted).toEqual([
      { kind: 'failed', id: 2, fault: { code: 'unexpected', details: { reason: 'x is not a function' } } },
    ]);
    expect(logged).toHaveBeenCalled();
    logged.mockRestore();
  });

  it('finishes a request on a slice that the page takes back meanwhile', async () => {
    const { host, posted, until } = await setUp();
    host.receive({ kind: 'propose', id: 2, key: 'a', input: sampleInput });
    host.receive({ kind: 'forget', key: 'a' });
    await until(1);
    expect(posted).toEqual([{ kind: 'done', id: 2, result: sampleRound }]);
  });

  it('moves an uncertainty map and copies everything else', () => {
    expect(transferFromWorker({ kind: 'done', id: 1, result: map })).toEqual([map.values.buffer]);
    expect(transferFromWorker({ kind: 'done', id: 1, result: sampleRound })).toEqual([]);
    expect(transferFromWorker({ kind: 'done', id: 1, result: sampleBundle })).toEqual([]);
  });
});
