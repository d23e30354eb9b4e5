import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scanFolder, type ScanResult } from './scan-folder';
import { ServeError } from './serve-error';
import { createSite, type Site, type SiteOptions } from './site';
import { send } from './web/reply';
import { isTrustedRequest, securityHeaders } from './web/security';
import { addStored } from './web/stow';

export interface ServerOptions extends SiteOptions {
  /** Folder of DICOM files. */
  readonly data: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Default: reachable from this computer alone. */
  readonly address?: string;
}

export interface RunningServer {
  /** With a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly scan: ScanResult;
  close(): Promise<void>;
}

const portsToTry = 50;

/**
 * Indexes the data and serves the viewer with the plugin.
 *
 * @throws ServeError when the data cannot be served or no port is free.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const address = options.address ?? '127.0.0.1';
  const scan = await scanFolder(options.data);
  await addStored(scan.index, options.store);
  const site = createSite(options, scan.index);
  const server = createServer((request, response) => {
    void respond(request, response, site, options, address);
  });
  const port = await listen(server, options.port, address);
  return {
    url: `http://${urlHost(address)}:${port}/`,
    port,
    scan,
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function urlHost(address: string): string {
  // Not "localhost": another program may listen under that name on IPv6.
  if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return address.includes(':') ? `[${address}]` : address;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
  options: ServerOptions,
  address: string,
): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders(options.bundles)))
    response.setHeader(name, value);
  try {
    if (!isTrustedRequest(request, address)) {
      await send(request, response, {
        status: 403,
        type: 'text/plain',
        body: 'Open the address that was printed at the start.\n',
      });
      return;
    }
    await send(request, response, await site(request));
  } catch (error) {
    console.error(`${request.method ?? ''} ${request.url ?? ''}:`, error);
    if (response.headersSent) response.destroy();
    else
      await send(request, response, {
        status: 500,
        type: 'text/plain',
        body: 'The server failed; its window says why.\n',
      });
  }
}

/** The wanted port, or the next free one. */
async function listen(server: Server, wanted: number, address: string): Promise<number> {
  const last = wanted === 0 ? 0 : Math.min(65_535, wanted + portsToTry - 1);
  for (let port = wanted; port <= last; port++) {
    if (await tryListen(server, port, address)) return (server.address() as AddressInfo).port;
  }
  throw new ServeError(`No port from ${wanted} to ${last} is free. Name a free one with --port.`);
}

function tryListen(server: Server, port: number, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return resolve(false);
      if (error.code === 'EACCES')
        return reject(new ServeError(`Port ${port} needs special rights. Name one above 1023 with --port.`));
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
        return reject(
          new ServeError(
            `This computer has no address ${address}. Leave --address away, or name one that it has.`,
          ),
        );
      }
      reject(error);
    };
    server.once('error', onError);
    server.listen(port, address, () => {
      server.removeListener('error', onError);
      resolve(true);
    });
  });
}
