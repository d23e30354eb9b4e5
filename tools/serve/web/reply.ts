import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

export interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly body?: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const notFound = (what: string): Reply => ({
  status: 404,
  type: 'text/plain; charset=utf-8',
  body: `${what}\n`,
});

export const json = (value: unknown): Reply => ({
  status: 200,
  type: 'application/dicom+json; charset=utf-8',
  body: JSON.stringify(value),
  headers: { 'Cache-Control': 'no-cache' },
});

/** Parts as `multipart/related`, PS3.18 8.6.1.2. `contentType`: of all of them. */
export function multipart(
  contentType: string,
  parts: readonly { readonly type: string; readonly bytes: Buffer }[],
): Reply {
  const boundary = 'spa-dicomweb-part-boundary-5f1d9c2e';
  const chunks = parts.flatMap(part => [
    Buffer.from(`--${boundary}\r\nContent-Type: ${part.type}\r\n\r\n`),
    part.bytes,
    Buffer.from('\r\n'),
  ]);
  return {
    status: 200,
    type: `multipart/related; type="${contentType}"; boundary=${boundary}`,
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

const compress = promisify(brotliCompress);
const compressible = /^(text\/|application\/(javascript|json|dicom\+json|wasm|manifest\+json)|image\/svg)/;
const worthwhile = 4096;

/** What has been compressed once, by entity tag; the viewer and the runtime are a few dozen megabytes at most. */
const compressed = new Map<string, Buffer>();

/**
 * Writes the reply. Text and wasm are compressed for readers on other machines; over the loopback interface that would only
 * cost time.
 */
export async function send(request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const headers: Record<string, string> = { ...reply.headers };
  if (reply.type !== undefined) headers['Content-Type'] = reply.type;
  let body = typeof reply.body === 'string' ? Buffer.from(reply.body) : (reply.body ?? Buffer.alloc(0));
  const etag = headers['ETag'];
  if (etag !== undefined && request.headers['if-none-match'] === etag && reply.status === 200) {
    response.writeHead(304, headers).end();
    return;
  }
  if (body.length > worthwhile && compressible.test(reply.type ?? '') && wantsBrotli(request)) {
    body = await compressOnce(body, etag);
    headers['Content-Encoding'] = 'br';
    headers['Vary'] = 'Accept-Encoding';
  }
  headers['Content-Length'] = String(body.length);
  response.writeHead(reply.status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function wantsBrotli(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? '';
  const loopback = address === '::1' || address.replace('::ffff:', '').startsWith('127.');
  return !loopback && /\bbr\b/.test(request.headers['accept-encoding']?.toString() ?? '');
}

async function compressOnce(body: Buffer, etag: string | undefined): Promise<Buffer> {
  const known = etag === undefined ? undefined : compressed.get(etag);
  if (known) return known;
  const result = await compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  if (etag !== undefined) compressed.set(etag, result);
  return result;
}
