import { EngineClient } from '../../extension/src/inference/client';
import type { LoadedBundle } from '../../extension/src/inference/engine';
import { hasGraphicsCard } from '../../extension/src/inference/runtime-offers';
import type { Measurement, Repetitions } from './measurement';
import { timeSession, type RoundTimes } from './scenario';
import type { StageTimes } from './stages';
import type { StagesAnswer, StagesRequest } from './worker';

/** What the page of the measurement offers to the tool that drives it. */
interface BenchPage {
  hasGraphicsCard(): Promise<boolean>;
  /** `backend` as in the report: 'wasm-1', 'wasm-2', 'webgpu'. */
  measure(
    backend: string,
    repetitions: Repetitions,
  ): Promise<Measurement & { readonly longestTaskMs: number }>;
  /** Bytes of page and worker after each of these numbers of rounds. */
  memory(backend: string, rounds: readonly number[]): Promise<number[]>;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}

const bundleUrl = new URL('/bundle/', location.href).href;

/** The viewer's client over a worker with one backend; `worker` is for what the client does not ask. */
function start(backend: string): { readonly client: EngineClient; readonly worker: () => Worker } {
  let worker: Worker | null = null;
  const client = new EngineClient(() => {
    worker = new Worker(new URL(`./worker.js?backend=${backend}`, import.meta.url), { type: 'module' });
    return worker;
  });
  return {
    client,
    worker: () => {
      if (worker === null) throw new Error('The worker was not started.');
      return worker;
    },
  };
}

async function load(client: EngineClient): Promise<{ readonly bundle: LoadedBundle; readonly ms: number }> {
  const begin = performance.now();
  const bundle = await client.load(bundleUrl, () => undefined);
  return { bundle, ms: performance.now() - begin };
}

/** Asked on a channel of its own: the client would take the answer for one of its own. */
function askStages(worker: Worker): Promise<StageTimes> {
  const { port1, port2 } = new MessageChannel();
  return new Promise<StageTimes>((resolve, reject) => {
    port1.onmessage = ({ data }: MessageEvent<StagesAnswer>) => {
      if ('stages' in data) resolve(data.stages);
      else reject(new Error(data.failed));
    };
    worker.postMessage({ kind: 'stages', port: port2 } satisfies StagesRequest, [port2]);
  }).finally(() => port1.close());
}

/** Not in `lib.dom` yet. Only on a page that is isolated. */
async function usedBytes(): Promise<number> {
  const { measureUserAgentSpecificMemory: measure } = performance as Performance & {
    measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }>;
  };
  return measure === undefined ? 0 : (await measure.call(performance)).bytes;
}

async function measure(
  backend: string,
  { starts, sessions }: Repetitions,
): Promise<Measurement & { readonly longestTaskMs: number }> {
  let longestTaskMs = 0;
  const observer = new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  });
  const loadsMs: number[] = [];
  const first: RoundTimes[] = [];
  const further: RoundTimes[] = [];
  let engine = start(backend);
  for (let number = 0; number < starts; number++) {
    if (number > 0) {
      engine.client.dispose();
      engine = start(backend);
    }
    const { bundle, ms } = await load(engine.client);
    loadsMs.push(ms);
    first.push(await timeSession(engine.client, bundle.network, number));
  }
  let peakBytes = await usedBytes();
  const { bundle } = await load(engine.client);
  observer.observe({ type: 'longtask' });
  const stages: StageTimes[] = [];
  for (let i = 0; i < sessions; i++) {
    further.push(await timeSession(engine.client, bundle.network, starts + i));
    stages.push(await askStages(engine.worker()));
  }
  observer.disconnect();
  peakBytes = Math.max(peakBytes, await usedBytes());
  engine.client.dispose();
  return { loadsMs, first, further, stages, peakBytes, longestTaskMs };
}

async function memory(backend: string, rounds: readonly number[]): Promise<number[]> {
  const { client } = start(backend);
  const { bundle } = await load(client);
  const bytes: number[] = [];
  let done = 0;
  for (let session = 0; bytes.length < rounds.length; session++) {
    const { roundsMs } = await timeSession(client, bundle.network, session);
    done += 1 + roundsMs.length;
    if (done >= (rounds[bytes.length] ?? Infinity)) bytes.push(await usedBytes());
  }
  client.dispose();
  return bytes;
}

window.bench = { hasGraphicsCard, measure, memory };
