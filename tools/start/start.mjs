import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, ensureBuild, ensureDependencies, ensureViewer } from '../dependencies.mjs';
import { SetupError } from '../setup-error.mjs';
import { parseOptions, usage } from './options.mjs';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** Prepares what is missing, and serves. Faults that the user can mend are a sentence and an exit code, without a stack. */
export async function start(given) {
  const started = Date.now();
  try {
    const options = parseOptions(given);
    if (options.help) return console.log(usage);
    // Relative to where npm was called, not to where it runs the script.
    const from = process.env.INIT_CWD ?? process.cwd();
    if (options.data !== undefined && !existsSync(path.resolve(from, options.data))) {
      throw new SetupError(
        `The folder ${path.resolve(from, options.data)} does not exist. Give the folder of your DICOM files with --data.`,
      );
    }
    const log = line => console.log(line);
    await ensureDependencies({ log });
    // From here on the packages are there; the server is TypeScript.
    const { register } = await import('tsx/esm/api');
    register();
    const plugin = await ensureBuild({ log });
    const viewer = await ensureViewer(options.host, { log });
    const { serve } = await import('../serve/main.ts');
    await serve({
      ...options,
      from,
      root,
      cache: cacheFolder,
      plugin,
      viewer,
      started,
      log,
    });
  } catch (error) {
    if (error instanceof SetupError || error?.name === 'ServeError') console.error(`\n${error.message}`);
    else console.error('\nThe viewer could not be started. This is a fault of the program:', error);
    process.exitCode = 1;
  }
}
