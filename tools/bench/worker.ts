/**
 * The viewer's worker, put together for one backend that its address names (`?backend=wasm-2`), which can time the single stages as well.
 */
import type { Network } from '../../extension/src/core/network/network';
import { bundleFolder } from '../../extension/src/inference/bundle/bundle-path';
import { httpSource } from '../../extension/src/inference/bundle/http-source';
import { ProgressMeter } from '../../extension/src/inference/load-progress';
import { openEngine } from '../../extension/src/inference/open-engine';
import { transferFromWorker, type ToWorker } from '../../extension/src/inference/protocol';
import { wasmOffer, webgpuOffer } from '../../extension/src/inference/runtime-offers';
import { WorkerHost } from '../../extension/src/inference/worker-host';
import { roundsOver } from '../../extension/src/inference/worker-rounds';
import { timeStages, type StageTimes } from './stages';

/** The one request that the viewer's worker does not know. */
export interface StagesRequest {
  readonly kind: 'stages';
  readonly port: MessagePort;
}

export type StagesAnswer = { readonly stages: StageTimes } | { readonly failed: string };

const backend = new URL(import.meta.url).searchParams.get('backend') ?? 'wasm-1';
const folder = new URL('./ort/', import.meta.url);
const offer =
  backend === 'webgpu' ? webgpuOffer(folder) : wasmOffer(folder, Number(backend.slice('wasm-'.length)));

let network: Network | null = null;

const host = new WorkerHost(
  async (bundleUrl, onProgress, signal) => {
    const source = httpSource(bundleFolder(bundleUrl));
    const opened = await openEngine(source, [offer], new ProgressMeter(onProgress), signal);
    network = opened.network;
    return { bundle: opened.bundle, rounds: roundsOver(network) };
  },
  message => globalThis.postMessage(message, { transfer: transferFromWorker(message) }),
);

async function answerStages(): Promise<StagesAnswer> {
  try {
    if (network === null) throw new Error('No bundle is loaded.');
    return { stages: await timeStages(network) };
  } catch (error) {
    return { failed: String(error) };
  }
}

globalThis.addEventListener('message', ({ data }: MessageEvent<ToWorker | StagesRequest>) => {
  if (data.kind !== 'stages') return host.receive(data);
  void answerStages().then(answer => data.port.postMessage(answer));
});
