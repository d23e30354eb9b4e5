import type { ToWorker } from './protocol';
import { transferFromWorker } from './protocol';
import { WorkerHost } from './worker-host';
import { roundsOver } from './worker-rounds';

const host = new WorkerHost(roundsOver(new URL('./ort/', import.meta.url)), message =>
  globalThis.postMessage(message, { transfer: transferFromWorker(message) }),
);

globalThis.addEventListener('message', (event: MessageEvent<ToWorker>) => host.receive(event.data));
