import { readFileSync } from 'node:fs';
import { SpaError } from '../../../extension/src/core/error';
import { httpSource } from '../../../extension/src/inference/bundle/http-source';
import { bundleBytes, loadBundle } from '../../../extension/src/inference/bundle/load-bundle';

const folder = new URL('https://host/models/tiny/');

type Served = Readonly<Record<string, Uint8Array<ArrayBuffer> | number>>;

function tiny(file: string, bundle = 'tiny-bundle'): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../${bundle}/${file}`, import.meta.url)));
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
    expect(bundle.graphs.get('head')).toEqual({ model: files['head.onnx'], data: [] });
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

  it.each([
    ['\n<!doctype html><title>Sign in</title>', 'are you still signed in?'],
    ['{ "format": ', 'not JSON'],
  ])('recognises what answers in place of the manifest: %p', async (text, told) => {
    const error = await refusal(load({ 'manifest.json': new TextEncoder().encode(text) }));
    expect(error).toMatchObject({ code: 'bundle-invalid' });
    expect(error.message).toContain(told);
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
    expect(bundle.graphs.get('head')).toEqual({ model: files['head.onnx'], data: [] });
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

describe('loading a bundle whose weights lie in files of their own', () => {
  const names = ['manifest.json', 'encoder.onnx', 'head.onnx', 'head.weights'];
  const sam: Served = Object.fromEntries(names.map(name => [name, tiny(name, 'tiny-sam')]));

  it('gives them with their graph, by the name that it calls them, and counts them', async () => {
    let bytes = 0;
    const bundle = await loadBundle(httpSource(folder, server(sam)), {
      onBytes: count => {
        bytes += count;
      },
    });
    expect(bundle.graphs.get('head')?.data).toEqual([{ path: 'head.weights', data: sam['head.weights'] }]);
    const files = names.slice(1).map(name => tiny(name, 'tiny-sam').length);
    expect(bytes).toBe(files.reduce((sum, length) => sum + length, 0));
    expect(bundleBytes(bundle.manifest)).toBe(bytes);
  });

  it('refuses weights that are others than promised, and says which', async () => {
    const weights = Uint8Array.from(sam['head.weights'] as Uint8Array);
    weights[7] = (weights[7] ?? 0) ^ 1;
    const error = await refusal(load({ ...sam, 'head.weights': weights }));
    expect(error).toMatchObject({ code: 'bundle-hash', details: { file: 'head.weights' } });
  });

  it('refuses more than the runtime can take before it loads any of it, and says what to do', async () => {
    const asked: string[] = [];
    const error = await refusal(loadBundle(httpSource(folder, server(sam, asked)), { mostMemory: 3000 }));
    expect(error.code).toBe('bundle-too-large');
    expect(error.message).toContain('tiny sam');
    expect(error.remedy).toContain('int8');
    expect(asked).toEqual(['manifest.json no-cache']);
  });

  it('counts that weights of fp16 are widened', async () => {
    const text = new TextDecoder().decode(sam['manifest.json'] as Uint8Array);
    const named = text.replace('"engine"', '"weights": "fp16", "engine"');
    const served = { ...sam, 'manifest.json': new TextEncoder().encode(named) };
    // The head has 1802 bytes: twice as much is less than 4000, four times is not.
    const loadWithin = (from: Served): Promise<unknown> =>
      loadBundle(httpSource(folder, server(from)), { mostMemory: 4000 });
    await expect(loadWithin(sam)).resolves.toBeDefined();
    expect((await refusal(loadWithin(served))).code).toBe('bundle-too-large');
  });

  it('stops in the middle of a file when it is cancelled', async () => {
    const controller = new AbortController();
    const stopped = loadBundle(httpSource(folder, server(sam)), {
      signal: controller.signal,
      onBytes: () => controller.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
  });

  it.each([undefined, '3', '512', '99999'])(
    'takes a file whatever length the server tells: %p',
    async told => {
      const honest = server(sam);
      const source = httpSource(folder, async (url, init) => {
        const response = await honest(url, init);
        if (told === undefined) return response;
        return new Response(response.body, { headers: { 'Content-Length': told } });
      });
      await expect(loadBundle(source)).resolves.toHaveProperty('manifest.name', 'tiny sam');
    },
  );
});
