import path from 'node:path';
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';
import config from '../../webpack.config.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Builds page and worker of the measurement. Gives the folder. */
export function buildBench(): Promise<string> {
  return buildPages('bench', { page: './tools/bench/page.ts', worker: './tools/bench/worker.ts' });
}

/** Builds scripts as the plugin is built, into a folder of the cache. Gives the folder. */
export async function buildPages(name: string, entry: Readonly<Record<string, string>>): Promise<string> {
  const folder = path.join(root, '.cache', name);
  const compiler = webpack({
    ...config,
    entry,
    output: { ...config.output, path: folder },
    cache: { type: 'filesystem', name, cacheDirectory: path.join(root, '.cache/webpack') },
  });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error !== null) return reject(error);
      if (stats?.hasErrors() === true) return reject(new Error(stats.toString({ preset: 'errors-only' })));
      compiler.close(closing => (closing ? reject(closing) : resolve()));
    });
  });
  return folder;
}
