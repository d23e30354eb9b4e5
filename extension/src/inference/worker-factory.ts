import type { EngineWorker } from './connection';

/**
 * A module worker from `url`, which may lie on another origin (a plugin served by its own host, with CORS): browsers refuse such a worker,
 * but not one of our own that imports the script.
 */
export function startModuleWorker(url: URL): EngineWorker {
  const options: WorkerOptions = { type: 'module', name: 'spa' };
  if (url.origin === globalThis.location.origin) return new Worker(url, options);
  const shim = new Blob([`import ${JSON.stringify(url.href)};`], { type: 'text/javascript' });
  const shimUrl = URL.createObjectURL(shim);
  const worker = new Worker(shimUrl, options);
  // The script is read when the worker starts, which its first message or error shows.
  const revoke = (): void => URL.revokeObjectURL(shimUrl);
  worker.addEventListener('message', revoke, { once: true });
  worker.addEventListener('error', revoke, { once: true });
  return worker;
}
