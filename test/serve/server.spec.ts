import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { securityHeaders } from '../../tools/serve/web/security';
import { startServer, type RunningServer } from '../../tools/serve/server';
import { ctImage, dicomFile, element, temporaryFolder, us } from './dicom-fixture';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let folder: string;
let remove: () => Promise<void>;
let server: RunningServer;

const place = (...names: string[]) => path.join(folder, ...names);

async function put(name: string, content: string | Buffer): Promise<void> {
  await mkdir(path.dirname(place(name)), { recursive: true });
  await writeFile(place(name), content);
}

const serverOptions = () => ({
  viewer: place('viewer'),
  plugin: place('plugin'),
  bundles: [place('bundle'), place('bundle-2')],
  data: place('data'),
  store: place('store'),
  port: 0,
});

/** Sends the path as it is written; `fetch` would tidy `..` away. */
function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const request = httpRequest(
      { host: '127.0.0.1', port: server.port, path: url, method, headers },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const askJson = async (url: string) =>
  JSON.parse((await ask(url)).body.toString()) as Record<
    string,
    { Value?: unknown[]; BulkDataURI?: string }
  >[];

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await put('viewer/index.html', '<!doctype html><title>the viewer</title>');
  await put('viewer/app-config.js', 'the released configuration');
  await put('viewer/codec.wasm', 'wasm');
  await put('plugin/mode.js', 'export default {};');
  await put('plugin/ort.js', 'export default {};');
  await put('bundle/manifest.json', '{}');
  await put('bundle-2/manifest.json', '{"name": "another", "version": "2.0"}');
  await put('secret.txt', 'secret');
  await symlink(place('secret.txt'), place('plugin', 'link.txt'));
  const pixels = element('7FE00010', 'OW', us(10, 20, 30, 40, 50, 60));
  const large = element('00291010', 'OB', Buffer.from('x'.repeat(2000)));
  await put('data/2.dcm', dicomFile(ctImage({ sop: '1.3.2', extra: [element('00200013', 'IS', '2')] })));
  await put(
    'data/1.dcm',
    dicomFile(ctImage({ sop: '1.3.1', extra: [element('00200013', 'IS', '1'), pixels, large] })),
  );
  server = await startServer(serverOptions());
});

afterAll(async () => {
  await server.close();
  await remove();
});

const series = '/dicomweb/studies/1.2.1/series/1.2.2';

describe('The server', () => {
  it('isolates the page from other origins in every answer, also in refusals', async () => {
    for (const url of [
      '/',
      '/spa/mode.js',
      '/spa/bundle/manifest.json',
      '/dicomweb/studies',
      '/nothing.js',
    ]) {
      const { headers } = await ask(url);
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['content-security-policy']).toContain("connect-src 'self' data: blob:;");
    }
  });

  it('gives each file its media type', async () => {
    expect((await ask('/codec.wasm')).headers['content-type']).toBe('application/wasm');
    expect((await ask('/spa/ort.js')).headers['content-type']).toMatch(/^text\/javascript/);
    expect((await ask('/spa/bundle/manifest.json')).headers['content-type']).toMatch(/^application\/json/);
  });

  it("draws the viewer's own routes with its page, and says 404 for a file that is missing", async () => {
    for (const url of [
      '/',
      '/viewer?StudyInstanceUIDs=1.2.1',
      '/spa?StudyInstanceUIDs=1.2.1',
      '/spa/dicomweb',
    ]) {
      expect((await ask(url)).body.toString()).toContain('the viewer');
    }
    expect((await ask('/spa/gone.js')).status).toBe(404);
    expect((await ask('/spa/bundle/encoder.onnx')).status).toBe(404);
    expect((await ask('/spa/bundles/3/manifest.json')).status).toBe(404);
  });

  it('serves every bundle at an address of its own', async () => {
    expect((await ask('/spa/bundle/manifest.json')).body.toString()).toBe('{}');
    expect((await ask('/spa/bundles/2/manifest.json')).body.toString()).toContain('another');
  });

  it('lets the page ask the origins of remote bundles, each named once', () => {
    const remote = ['/a/folder', 'https://one.example/a/', 'https://one.example/b/', 'http://two.example/'];
    expect(securityHeaders(remote)['Content-Security-Policy']).toContain(
      "connect-src 'self' data: blob: https://one.example http://two.example;",
    );
  });

  it('replaces the configuration of the viewer, and nothing else', async () => {
    const { body, headers } = await ask('/app-config.js');
    const window: {
      config?: {
        modes: string[];
        spa: { bundles: unknown; remember: unknown };
        dataSources: { configuration: { wadoRoot: string } }[];
      };
    } & Record<string, unknown> = { location: { origin: 'http://here' } };
    new Function('window', body.toString())(window);
    expect(window.config?.modes).toEqual(['/spa/mode.js']);
    expect(window.config?.spa.bundles).toEqual([
      { url: '/spa/bundle/', label: 'bundle' },
      { url: '/spa/bundles/2/', label: 'another 2.0' },
    ]);
    expect(window.config?.spa.remember).toBe('user');
    expect(window.config?.dataSources[0]?.configuration.wadoRoot).toBe('http://here/dicomweb');
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each([
    '/../secret.txt',
    '/spa/../secret.txt',
    '/spa/..%2f..%2fsecret.txt',
    '/spa/%2e%2e/%2e%2e/secret.txt',
    '/spa/bundle/..%5c..%5csecret.txt',
    '/spa//secret.txt',
    '/spa/link.txt',
    '/spa/mode.js%00.txt',
    '/%',
  ])('does not let %s out of its folders', async url => {
    const { body } = await ask(url);
    expect(body.toString()).not.toContain('secret\n');
    expect(body.toString()).not.toBe('secret');
  });

  it('answers 304 to who has the file already', async () => {
    const etag = (await ask('/spa/mode.js')).headers.etag ?? '';
    const again = await ask('/spa/mode.js', { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    expect(again.body.length).toBe(0);
  });

  it('refuses a foreign name for this computer and pages of other origins', async () => {
    expect((await ask('/dicomweb/studies', { headers: { Host: 'attacker.example' } })).status).toBe(403);
    const host = `127.0.0.1:${server.port}`;
    expect((await ask('/', { headers: { Host: host, Origin: 'http://attacker.example' } })).status).toBe(403);
    expect((await ask('/', { headers: { Host: host, Origin: `http://${host}` } })).status).toBe(200);
    expect((await ask('/', { headers: { Host: `localhost:${server.port}` } })).status).toBe(200);
  });

  it('takes the next port when the wanted one is taken', async () => {
    const second = await startServer({ ...serverOptions(), port: server.port });
    expect(second.port).toBeGreaterThan(server.port);
    expect(second.url).toBe(`http://127.0.0.1:${second.port}/`);
    await second.close();
  });

  it('refuses an address that this computer does not have', async () => {
    await expect(startServer({ ...serverOptions(), address: '203.0.113.7' })).rejects.toThrow(
      /has no address 203/,
    );
  });
});

describe('DICOMweb', () => {
  it('lists the study with what the work list shows', async () => {
    const [study] = await askJson('/dicomweb/studies');
    expect(study?.['00080061']?.Value).toEqual(['CT']);
    expect(study?.['00201208']?.Value).toEqual([2]);
    expect(study?.['00100010']).toEqual({ vr: 'PN' });
  });

  it('sends the metadata of a series in the order of the instance numbers', async () => {
    const metadata = await askJson(`${series}/metadata`);
    expect(metadata.map(json => json['00080018']?.Value?.[0])).toEqual(['1.3.1', '1.3.2']);
    expect(metadata[0]?.['00280010']).toEqual({ vr: 'US', Value: [2] });
  });

  it('sends a frame as it lies in the file', async () => {
    const { headers, body } = await ask(`${series}/instances/1.3.1/frames/1`);
    const boundary = /boundary=(\S+)/.exec(headers['content-type'] ?? '')?.[1] ?? '';
    expect(headers['content-type']).toContain('multipart/related; type="application/octet-stream"');
    const start = body.indexOf('\r\n\r\n') + 4;
    expect(body.subarray(0, start).toString()).toContain('transfer-syntax=1.2.840.10008.1.2.1');
    expect(body.subarray(start, body.indexOf(`\r\n--${boundary}--`))).toEqual(us(10, 20, 30, 40, 50, 60));
  });

  it('sends bulk data where the metadata say that they are', async () => {
    const [metadata] = await askJson(`${series}/instances/1.3.1/metadata`);
    expect((await ask(metadata?.['00291010']?.BulkDataURI ?? '')).body.toString()).toBe('x'.repeat(2000));
  });

  it('sends the whole file, alone or in a multipart, as it is asked for', async () => {
    const url = `${series}/instances/1.3.2`;
    const file = dicomFile(ctImage({ sop: '1.3.2', extra: [element('00200013', 'IS', '2')] }));
    expect((await ask(url, { headers: { Accept: 'application/dicom' } })).body).toEqual(file);
    const many = await ask(url, { headers: { Accept: 'multipart/related; type="application/dicom"' } });
    expect(many.headers['content-type']).toContain('multipart/related; type="application/dicom"');
    expect(many.body.includes(file)).toBe(true);
  });

  it.each([
    '/dicomweb/studies/9.9',
    '/dicomweb/studies/1.2.1/series/9.9/metadata',
    `${series}/instances/9.9/frames/1`,
    `${series}/instances/1.3.1/frames/2`,
    `${series}/instances/1.3.1/frames/zero`,
    `${series}/instances/1.3.1/bulkdata/7FE00010`,
    '/dicomweb/patients',
  ])('says 404 for %s', async url => {
    expect((await ask(url)).status).toBe(404);
  });
});

describe('What the viewer stores', () => {
  const segmentation = dicomFile(
    ctImage({ sop: '1.8.1', series: '1.8', extra: [element('00080060', 'CS', 'SEG')] }),
  );
  const multipart = (...files: Buffer[]) =>
    Buffer.concat([
      ...files.flatMap(file => [
        Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
        file,
        Buffer.from('\r\n'),
      ]),
      Buffer.from('--b--\r\n'),
    ]);
  const post = (body: Buffer, type = 'multipart/related; type="application/dicom"; boundary=b') =>
    ask('/dicomweb/studies', { method: 'POST', headers: { 'Content-Type': type }, body });

  it('joins its study and is there again after a restart', async () => {
    const { status, body } = await post(multipart(segmentation));
    expect(status).toBe(200);
    expect(JSON.parse(body.toString())['00081199'].Value[0]['00081155'].Value).toEqual(['1.8.1']);
    expect((await askJson('/dicomweb/studies'))[0]?.['00080061']?.Value).toEqual(['CT', 'SEG']);
    expect((await ask('/dicomweb/studies/1.2.1/series/1.8/instances/1.8.1')).body).toEqual(segmentation);

    const restarted = await startServer(serverOptions());
    expect(restarted.scan.index.instance('1.2.1', '1.8', '1.8.1')).toBeDefined();
    await restarted.close();
  });

  it('is refused when its SOP Instance UID is taken, and when it is no DICOM', async () => {
    const before = await readdir(place('store'));
    expect((await post(multipart(dicomFile(ctImage({ sop: '1.3.1' }))))).status).toBe(409);
    expect((await post(multipart(Buffer.from('no DICOM, but long enough to look')))).status).toBe(409);
    expect((await post(segmentation, 'application/dicom')).status).toBe(415);
    expect((await post(Buffer.from('--b\r\nnothing'))).status).toBe(415);
    expect(await readdir(place('store'))).toEqual(before);
  });
});
