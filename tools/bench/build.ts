import path from 'node:path';
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';
import config from '../../webpack.config.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = path.join(root, '.cache/bench');

/** Builds page and worker of the measurement as the plugin is built. Gives the folder. */
export async function buildBench(): Promise<string> {
  const compiler = webpack({
    ...config,
    entry: { page: './tools/bench/page.ts', worker: './tools/bench/worker.ts' },
    output: { ...config.output, path: folder },
    cache: { type: 'filesystem', name: 'bench', cacheDirectory: path.join(root, '.cache/webpack') },
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
