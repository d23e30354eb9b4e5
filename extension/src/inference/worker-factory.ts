import type { EngineWorker } from './connection';
import { watchLifeline } from './lifeline';
import { SecondTry } from './second-try';

/**
 * A module worker from `url`, which may lie on another origin: a plugin served by its own host, with CORS. In a page that is isolated from other
 * origins browsers refuse a script that comes without the page's own `Cross-Origin-Embedder-Policy`, and a deployment easily sends that with
 * the viewer's files alone: then the worker is started as another origin's is, which inherits the page's policy.
 */
export function startModuleWorker(url: URL): EngineWorker {
  const imported = (): Worker => start(importingAddress(url));
  if (!isOwn(url)) return imported();
  const itself = (): Worker => start(url.href);
  return globalThis.crossOriginIsolated ? new SecondTry(itself, imported) : itself();
}

function start(address: string): Worker {
  const worker = new Worker(address, { type: 'module', name: 'spa' });
  freeOnceStarted(worker, address);
  watchLifeline(navigator.locks, worker);
  return worker;
}

/**
 * Lets the runtime run several threads in this worker though its script lies on another origin, or lacks the policy that browsers want of it. By
 * itself the runtime would import a copy of another origin's script from a blob, which a strict content security policy refuses, and browsers
 * refuse workers from the script itself: it gets the script's own address back in place of the copy's, and each thread imports that.
 */
export function allowThreadsFrom(script: URL): void {
  if (isOwn(script) && !wasImported()) return;
  const createObjectURL = URL.createObjectURL.bind(URL);
  URL.createObjectURL = object =>
    object instanceof Blob && /javascript/.test(object.type) ? script.href : createObjectURL(object);
  const OwnWorker = globalThis.Worker;
  globalThis.Worker = class extends OwnWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      const address = importingAddress(new URL(url, globalThis.location.href), createObjectURL);
      super(address, options);
      freeOnceStarted(this, address);
    }
  };
}

/** In a worker: whether it was started by a script that imports its own. */
function wasImported(): boolean {
  return globalThis.location.protocol === 'blob:';
}

function isOwn(url: URL): boolean {
  return url.origin === globalThis.location.origin;
}

/** The address of a script of our own that imports the one at `url`. */
function importingAddress(
  url: URL,
  createObjectURL = (blob: Blob): string => URL.createObjectURL(blob),
): string {
  return createObjectURL(new Blob([importingScript(url)], { type: 'text/javascript' }));
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
