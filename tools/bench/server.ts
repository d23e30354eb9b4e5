import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { staticFile } from '../serve/web/static-files';

const page =
  '<!doctype html><title>bench</title><link rel="icon" href="data:,"><script type="module" src="/build/page.js"></script>';

export interface BenchServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the build and a bundle to a page that is isolated from other origins, on a free port of this machine alone. */
export async function serveBench(build: string, bundle: string): Promise<BenchServer> {
  const folders: Readonly<Record<string, string>> = { build, bundle };
  const server = createServer((request, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    respond(request, response, folders).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  folders: Readonly<Record<string, string>>,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://bench/');
  if (pathname === '/') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page);
    return;
  }
  const [, name = '', ...rest] = pathname.split('/');
  const folder = folders[name];
  const file = folder === undefined ? null : await staticFile(folder, rest.join('/'));
  if (file === null) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(file.status, { 'Content-Type': file.type }).end(file.body);
}
