import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Reply } from './reply';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonc': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

/** What the file system says where no file has that name; anything else, such as a folder that may not be read, is a fault to be told. */
const absent: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

/**
 * A file below `root`, or null where there is none. Neither `..`, nor a separator smuggled in as an escape, nor a link leads out
 * of the folder.
 *
 * @param relative Decoded path of the URL, without a leading slash.
 */
export async function staticFile(root: string, relative: string): Promise<Reply | null> {
  if (relative.includes('\0') || relative.includes('\\') || path.isAbsolute(relative)) return null;
  if (relative.split('/').some(part => part === '..')) return null;
  const file = path.join(root, relative);
  const found = await stat(file).catch((error: unknown) => {
    if (absent.has((error as NodeJS.ErrnoException).code)) return null;
    throw error;
  });
  if (!found?.isFile()) return null;
  const real = await realpath(file);
  if (!real.startsWith((await realpath(root)) + path.sep)) return null;
  const tag = createHash('sha256')
    .update(`${real}\n${found.size}\n${found.mtimeMs}`)
    .digest('base64url')
    .slice(0, 22);
  return {
    status: 200,
    type: types[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    body: await readFile(real),
    // Always asked again: a new build or another viewer must show at once, and the answer is a bare 304.
    headers: { ETag: `"${tag}"`, 'Cache-Control': 'no-cache' },
  };
}
