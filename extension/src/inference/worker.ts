import type { ToWorker } from './protocol';
import { transferFromWorker } from './protocol';
import { offeredRuntimes } from './runtime-offers';
import { WorkerHost } from './worker-host';
import { openRounds } from './worker-rounds';

const runtimeFolder = new URL('./ort/', import.meta.url);
const host = new WorkerHost(
  openRounds(() => offeredRuntimes(runtimeFolder)),
  message => globalThis.postMessage(message, { transfer: transferFromWorker(message) }),
);

globalThis.addEventListener('message', (event: MessageEvent<ToWorker>) => host.receive(event.data));
