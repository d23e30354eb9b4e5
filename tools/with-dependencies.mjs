/**
 * `node tools/with-dependencies.mjs PROGRAM ARGUMENT...`: runs a program of the project's packages and installs these first when
 * need be. Writes nothing to standard output itself: that belongs to the program.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { SetupError } from './setup-error.mjs';

const [program, ...programArguments] = process.argv.slice(2);
const windows = process.platform === 'win32';

try {
  if (program === undefined) throw new SetupError('Name a program to run, such as "tsx".');
  await ensureDependencies({ log: console.error });
  const bin = path.join(
    path.dirname(path.dirname(fileURLToPath(import.meta.url))),
    'node_modules',
    '.bin',
    program,
  );
  const child = spawn(windows ? `"${bin}.cmd"` : bin, programArguments, { stdio: 'inherit', shell: windows });
  // The terminal interrupts both; this one waits for the program's own answer.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', error => fail(new SetupError(`${program} could not be started: ${error.message}`)));
  child.on('exit', (status, signal) => (process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 1)));
} catch (error) {
  fail(error);
}

function fail(error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
