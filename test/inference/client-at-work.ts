/** A client of an engine whose workers a test plays. */
import { jest } from '@jest/globals';
import { EngineClient } from '../../extension/src/inference/client';
import { FakeWorker } from './fake-worker';
import { sampleBundle, sampleInput, sampleRound, sampleSlice } from './samples';

export const url = 'https://host/models/tiny/';
export const silent = (): void => undefined;

/** A client, and the workers that it has started. */
export function setUp(): {
  client: EngineClient;
  workers: FakeWorker[];
  worker: (index?: number) => FakeWorker;
} {
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

export async function loaded(): Promise<ReturnType<typeof setUp>> {
  const all = setUp();
  const promise = all.client.load(url, silent);
  finishLoad(all.worker());
  await promise;
  return all;
}

/** A loaded client of which a first round is asked, and what cancels it. */
export async function asked() {
  const all = await loaded();
  const click = new AbortController();
  const round = all.client.propose(sampleSlice(), sampleInput, click.signal);
  await settle();
  return { ...all, round, cancel: (reason: Error): void => click.abort(reason) };
}

export function finishLoad(worker: FakeWorker): void {
  worker.say({ kind: 'done', id: worker.last('load').id, result: sampleBundle });
}

/** Gives the first round that was asked for last. */
export function finishRound(worker: FakeWorker): void {
  worker.say({ kind: 'done', id: worker.last('propose').id, result: sampleRound });
}

/** Lets what is due happen. */
export const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

/** What the client waits for after a cancellation must not keep the tests of a file waiting. */
export function holdTheClock(): void {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());
}
