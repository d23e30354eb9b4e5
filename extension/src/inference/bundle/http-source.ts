import { reasonOf, SpaError } from '../../core/error';
import { FileTooLongError, type BundleSource, type ReadOptions } from './source';
import { Stillness } from './stillness';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Files below `folder`, a URL that ends in a slash. */
export function httpSource(folder: URL, fetch: Fetch = globalThis.fetch.bind(globalThis)): BundleSource {
  return { read: (file, options) => download(new URL(file, folder), options, fetch) };
}

/** One file with its progress. Rejects with `bundle-missing`, `FileTooLongError` or the signal's reason. */
export async function download(
  url: URL,
  options: ReadOptions,
  fetch: Fetch = globalThis.fetch.bind(globalThis),
): Promise<Uint8Array<ArrayBuffer>> {
  const { signal } = options;
  const stillness = new Stillness(signal);
  try {
    const response = await fetch(url.href, {
      // A bundle may be replaced in place: ask whether the copy in the browser's cache is still the one.
      cache: options.afresh === true ? 'reload' : 'no-cache',
      signal: stillness.signal,
    });
    if (!response.ok) {
      throw new SpaError('bundle-missing', { url: url.href, reason: `HTTP ${response.status}` });
    }
    return await readBody(response, url.href, options, stillness);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SpaError || error instanceof FileTooLongError) throw error;
    const reason = reasonOf(error);
    throw new SpaError('bundle-missing', { url: url.href, reason }, { cause: error });
  } finally {
    stillness.end();
  }
}

async function readBody(
  response: Response,
  name: string,
  options: ReadOptions,
  stillness: Stillness,
): Promise<Uint8Array<ArrayBuffer>> {
  // Weights of hundreds of megabytes are not to be there twice: they are written where they stay.
  let bytes = new Uint8Array(expectedLength(response, options.mostBytes));
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    stillness.interrupt();
    const end = length + part.value.length;
    if (end > options.mostBytes) {
      await reader?.cancel();
      throw new FileTooLongError(name, options.mostBytes);
    }
    if (end > bytes.length) bytes = grown(bytes, Math.min(options.mostBytes, Math.max(end, 2 * length)));
    bytes.set(part.value, length);
    length = end;
    options.onBytes?.(part.value.length);
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/** What the server says; it may be compressed or missing, so that it is no more than a guess. */
function expectedLength(response: Response, mostBytes: number): number {
  const told = Number(response.headers.get('Content-Length') ?? 0);
  return Number.isSafeInteger(told) && told > 0 ? Math.min(told, mostBytes) : 0;
}

function grown(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}
