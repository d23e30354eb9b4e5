import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fetchViewer } from '../../tools/viewer.mjs';
import { temporaryFolder } from '../serve/dicom-fixture';

let folder: string;
let remove: () => Promise<void>;
let registry: Server;
let url: string;

const version = '3.13.2';
const fetchInto = (source = url) =>
  fetchViewer(version, path.join(folder, 'viewer'), () => undefined, {
    registry: source,
    cache: path.join(folder, 'cache'),
  });

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  registry = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) return response.end('not what was released');
    const dist = { tarball: `${url}/app.tgz` };
    response.setHeader('Content-Type', 'application/json');
    return response.end(
      JSON.stringify({
        name: '@ohif/app',
        'dist-tags': { latest: version },
        versions: { [version]: { name: '@ohif/app', version, dist } },
      }),
    );
  });
  await new Promise<void>(resolve => registry.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});

afterEach(async () => {
  registry.closeAllConnections();
  await new Promise(resolve => registry.close(resolve));
  await remove();
});

describe('Fetching the released viewer', () => {
  it('takes the one that is there without asking anybody', async () => {
    const dist = path.join(folder, 'viewer', version, 'dist');
    await mkdir(dist, { recursive: true });
    await writeFile(path.join(dist, 'index.html'), '');
    expect(await fetchInto('http://127.0.0.1:1')).toBe(dist);
  });

  it('throws away what is not the released package, and says so', async () => {
    await expect(fetchInto()).rejects.toThrow(/is not the released one.*npm cache clean --force/);
    expect(await readdir(path.join(folder, 'viewer'))).toEqual([]);
  });

  it('says that the registry cannot be reached, and what to check', async () => {
    await expect(fetchInto('http://127.0.0.1:1')).rejects.toThrow(/registry cannot be reached.*proxy/);
  });

  it('clears away what an interrupted start left behind', async () => {
    const partial = path.join(folder, 'viewer', `.${version}-123`);
    await mkdir(partial, { recursive: true });
    await expect(fetchInto()).rejects.toThrow();
    expect(existsSync(partial)).toBe(false);
  });

  it('does not take a version that was not tried', async () => {
    await expect(fetchViewer('9.9.9', folder, () => undefined)).rejects.toThrow(/3\.12\.10, 3\.13\.2/);
  });
});
