import type { EngineWorker } from './connection';
import { watchLifeline } from './lifeline';

/** A module worker from `url`, which may lie on another origin: a plugin served by its own host, with CORS. */
export function startModuleWorker(url: URL): EngineWorker {
  const address = workerAddress(url);
  const worker = new Worker(address, { type: 'module', name: 'spa' });
  freeOnceStarted(worker, address);
  watchLifeline(navigator.locks, worker);
  return worker;
}

/**
 * Lets the runtime run several threads in this worker though its script lies on another origin. By itself it would import a copy of the
 * script from a blob, which a strict content security policy refuses, and browsers refuse workers from the script itself: it gets
 * the script's own address back in place of the copy's, and each thread imports that.
 */
export function allowThreadsFrom(script: URL): void {
  if (isOwn(script)) return;
  const createObjectURL = URL.createObjectURL.bind(URL);
  URL.createObjectURL = object =>
    object instanceof Blob && /javascript/.test(object.type) ? script.href : createObjectURL(object);
  const OwnWorker = globalThis.Worker;
  globalThis.Worker = class extends OwnWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      const address = workerAddress(new URL(url, globalThis.location.href), createObjectURL);
      super(address, options);
      freeOnceStarted(this, address);
    }
  };
}

function isOwn(url: URL): boolean {
  return url.origin === globalThis.location.origin;
}

/** The address from which a worker may be started: of another origin's script, that of one of our own that imports it. */
function workerAddress(
  url: URL,
  createObjectURL = (blob: Blob): string => URL.createObjectURL(blob),
): string {
  return isOwn(url)
    ? url.href
    : createObjectURL(new Blob([importingScript(url)], { type: 'text/javascript' }));
}

/** The script is read when the worker starts, which its first message or error shows. */
function freeOnceStarted(worker: Worker, address: string): void {
  if (!address.startsWith('blob:')) return;
  const free = (): void => URL.revokeObjectURL(address);
  worker.addEventListener('message', free, { once: true });
  worker.addEventListener('error', free, { once: true });
}

/**
 * A worker's script that imports another. Dynamically: a content security policy checks what a worker imports statically against
 * `worker-src`, where deployments list no other origins. Messages that come meanwhile are handed on afterwards, and a failed import is told
 * as an error of the worker, which a rejected promise is not.
 */
function importingScript(url: URL): string {
  return `
const early = [];
const keep = event => early.push(event.data);
addEventListener('message', keep);
import(${JSON.stringify(url.href)}).then(
  () => {
    removeEventListener('message', keep);
    for (const data of early) dispatchEvent(new MessageEvent('message', { data }));
  },
  error => setTimeout(() => { throw error; }),
);`;
}
