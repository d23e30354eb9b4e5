import { holdLifeline } from './lifeline';
import { type FromWorker, type ToWorker, transferFromWorker } from './protocol';
import { offeredRuntimes } from './runtime-offers';
import { WorkerHost } from './worker-host';
import { openRounds } from './worker-rounds';

const runtimeFolder = new URL('./ort/', import.meta.url);
const post = (message: FromWorker): void =>
  globalThis.postMessage(message, { transfer: transferFromWorker(message) });
const host = new WorkerHost(
  openRounds(() => offeredRuntimes(runtimeFolder)),
  post,
);

globalThis.addEventListener('message', (event: MessageEvent<ToWorker>) => host.receive(event.data));
holdLifeline(navigator.locks, post);
