import { existsSync } from 'node:fs';
import path from 'node:path';
import type { StartOptions } from '../start/options.mjs';
import { ensureDemoStudy } from './demo-study';
import { resolveBundle } from './resolve-bundle';
import { startServer } from './server';
import { describeStart } from './start-report';

interface ServeOptions extends StartOptions {
  /** Folder against which relative options are meant. */
  readonly from: string;
  readonly root: string;
  readonly cache: string;
  readonly plugin: string;
  readonly viewer: string;
  /** When the command was given, in ms since the epoch. */
  readonly started: number;
  readonly log: (line: string) => void;
}

/** Serves until the process is told to stop, and says where. */
export async function serve(options: ServeOptions): Promise<void> {
  const { log, started, from, cache } = options;
  const data =
    options.data === undefined
      ? await ensureDemoStudy(options.root, cache, log)
      : path.resolve(from, options.data);
  const server = await startServer({
    viewer: options.viewer,
    plugin: options.plugin,
    bundles: resolveBundles(options),
    data,
    store: path.join(cache, 'stored'),
    oneReader: true,
    port: options.port,
    address: options.address,
  });
  log(
    describeStart({
      server,
      wantedPort: options.port,
      address: options.address,
      demo: options.data === undefined,
      data,
      milliseconds: Date.now() - started,
    }),
  );
  const stop = () => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function resolveBundles({ bundles, from, root, log }: ServeOptions): readonly string[] {
  if (bundles !== undefined) return bundles.map(bundle => resolveBundle(bundle, from));
  const folder = path.join(root, 'models', 'default');
  if (!existsSync(path.join(folder, 'manifest.json'))) {
    log(
      'The default model is not in models/default: the panel will say that it is missing. Give another with --bundle.',
    );
  }
  return [folder];
}
