import { readFileSync } from 'node:fs';
import { SpaError } from '../../../extension/src/core/error';
import { httpSource } from '../../../extension/src/inference/bundle/http-source';
import { loadBundle } from '../../../extension/src/inference/bundle/load-bundle';

const folder = new URL('https://host/models/tiny/');

type Served = Readonly<Record<string, Uint8Array<ArrayBuffer> | number>>;

function tiny(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../tiny-bundle/${file}`, import.meta.url)));
}

const files: Served = Object.fromEntries(
  ['manifest.json', 'encoder.onnx', 'prompt.onnx', 'head.onnx'].map(file => [file, tiny(file)]),
);

/** A server with these files; a number is a status. Notes what was asked for. */
function server(served: Served, asked: string[] = []): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, init) => {
    init.signal?.throwIfAborted();
    const file = url.slice(folder.href.length);
    asked.push(`${file} ${init.cache}`);
    const content = served[file] ?? 404;
    return typeof content === 'number'
      ? new Response(null, { status: content })
      : new Response(new Blob([content]));
  };
}

async function refusal(promise: Promise<unknown>): Promise<SpaError> {
  const error = await promise.then(
    () => new Error('It was loaded.'),
    (reason: unknown) => reason,
  );
  if (error instanceof SpaError) return error;
  throw error;
}

const load = (served: Served): Promise<unknown> => loadBundle(httpSource(folder, server(served)));

function edited(edit: (text: string) => string): Served {
  const text = new TextDecoder().decode(files['manifest.json'] as Uint8Array);
  return { ...files, 'manifest.json': new TextEncoder().encode(edit(text)) };
}

describe('loading a bundle', () => {
  it('gives the files and counts every byte', async () => {
    let bytes = 0;
    let promised = 0;
    const bundle = await loadBundle(httpSource(folder, server(files)), {
      onManifest: manifest => {
        for (const graph of manifest.graphs.values()) promised += graph.bytes;
      },
      onBytes: count => {
        bytes += count;
      },
    });
    expect(bundle.graphs.get('head')).toEqual(files['head.onnx']);
    expect(bytes).toBe(promised);
  });

  it('names the address when there is nothing', async () => {
    const error = await refusal(load({}));
    expect(error.code).toBe('bundle-missing');
    expect(error.message).toContain('https://host/models/tiny/manifest.json (HTTP 404)');
  });

  it('names the graph that is missing', async () => {
    const error = await refusal(load({ ...files, 'head.onnx': 500 }));
    expect(error.message).toContain('head.onnx (HTTP 500)');
  });

  it('says so when the network fails', async () => {
    const failing = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));
    const error = await refusal(loadBundle(httpSource(folder, failing)));
    expect(error).toMatchObject({ code: 'bundle-missing', details: { reason: 'Failed to fetch' } });
  });

  it('recognises a page that answers in place of the manifest', async () => {
    const error = await refusal(load({ 'manifest.json': new TextEncoder().encode('<!doctype html>') }));
    expect(error).toMatchObject({ code: 'bundle-invalid' });
    expect(error.message).toContain('not JSON');
  });

  it('refuses bytes that are no text', async () => {
    const error = await refusal(load({ 'manifest.json': new Uint8Array([0xff, 0xfe, 0x00]) }));
    expect(error.code).toBe('bundle-invalid');
  });

  it('refuses a manifest without end', async () => {
    const error = await refusal(load({ 'manifest.json': new Uint8Array(5 * 2 ** 20) }));
    expect(error.code).toBe('bundle-invalid');
  });

  it('refuses a file of the right length with other bytes, and says which', async () => {
    const head = Uint8Array.from(files['head.onnx'] as Uint8Array);
    head[100] = (head[100] ?? 0) ^ 1;
    const error = await refusal(load({ ...files, 'head.onnx': head }));
    expect(error).toMatchObject({ code: 'bundle-hash', details: { file: 'head.onnx' } });
  });

  it.each([-1, 1])('refuses a file that is %p byte longer than promised', async more => {
    const head = new Uint8Array((files['head.onnx'] as Uint8Array).length + more);
    const error = await refusal(load({ ...files, 'head.onnx': head }));
    expect(error.code).toBe('bundle-hash');
  });

  it('asks past a stale cache once, and takes what it then gets', async () => {
    const asked: string[] = [];
    let bytes = 0;
    const stale = server({ ...files, 'head.onnx': new Uint8Array(3) }, asked);
    const fresh = server(files, asked);
    const bundle = await loadBundle(
      httpSource(folder, (url, init) => (init.cache === 'reload' ? fresh : stale)(url, init)),
      {
        onBytes: count => {
          bytes += count;
        },
      },
    );
    expect(bundle.graphs.get('head')).toEqual(files['head.onnx']);
    expect(asked.filter(each => each.startsWith('head'))).toEqual(['head.onnx no-cache', 'head.onnx reload']);
    expect(bytes).toBe(['encoder', 'prompt', 'head'].reduce((sum, g) => sum + tiny(`${g}.onnx`).length, 0));
  });

  it('asks for nothing outside the bundle', async () => {
    const asked: string[] = [];
    const served = edited(text => text.replace('"head.onnx"', '"../other/head.onnx"'));
    const error = await refusal(loadBundle(httpSource(folder, server(served, asked))));
    expect(error.code).toBe('bundle-invalid');
    expect(asked).toEqual(['manifest.json no-cache']);
  });

  it('can be tried again after a failure', async () => {
    let down = true;
    const source = httpSource(folder, (url, init) => server(down ? {} : files)(url, init));
    await refusal(loadBundle(source));
    down = false;
    await expect(loadBundle(source)).resolves.toHaveProperty('manifest.name', 'tiny');
  });

  it('rejects with the reason of the signal that stops it', async () => {
    const controller = new AbortController();
    controller.abort(new Error('left the page'));
    await expect(
      loadBundle(httpSource(folder, server(files)), { signal: controller.signal }),
    ).rejects.toThrow('left the page');
  });
});
