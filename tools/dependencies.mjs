/**
 * What the commands need before they can run, made when it is missing or out of date: the packages, the plugin's build, the viewer.
 * Plain JavaScript without packages, because it runs on a fresh clone.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './setup-error.mjs';
import { fetchViewer } from './viewer.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** The plugin's build. */
export const pluginFolder = path.join(root, 'dist');
/** Everything that can be made again. */
export const cacheFolder = path.join(root, '.cache');

const silent = () => undefined;
const seconds = since => `${((Date.now() - since) / 1000).toFixed(0)} s`;

/** Installs the packages when those that are there are not the ones of package-lock.json. */
export async function ensureDependencies({ log = silent } = {}) {
  if (await areInstalled()) return;
  const started = Date.now();
  log('Installing packages (a minute or two, once) ...');
  const { status, output } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    throw new SetupError(
      `The packages could not be installed:\n\n${output.trim()}\n\n` +
        'Check the network connection (a proxy is set by "npm config set proxy URL") and run the command again.',
    );
  }
  log(`Packages installed in ${seconds(started)}.`);
}

/** npm writes the hidden lock last, so that a broken installation has none or an older one. */
async function areInstalled() {
  const hidden = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const [wanted, found] = await Promise.all([
    readPackages(path.join(root, 'package-lock.json')),
    readPackages(hidden),
  ]);
  return Object.entries(wanted).every(([place, { version, optional, peer, devOptional, link }]) => {
    // Packages for other platforms are listed and not installed.
    if (place === '' || optional || peer || devOptional || link) return true;
    return found[place]?.version === version && existsSync(path.join(root, place));
  });
}

async function readPackages(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages ?? {};
  } catch (error) {
    throw new SetupError(
      `${file} cannot be read: ${error.message} Delete the folder node_modules and run the command again.`,
    );
  }
}

function runNpm(npmArguments) {
  const known = process.env.npm_execpath;
  const environment = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  // Started by npm: with the same one. Else the one on the PATH, which on Windows is a script that needs a shell.
  return known && /npm-cli\.c?js$/.test(known)
    ? run(process.execPath, [known, ...npmArguments], { env: environment })
    : run('npm', npmArguments, { env: environment, shell: process.platform === 'win32' });
}

function run(command, commandArguments, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    });
    let output = '';
    const collect = chunk => (output += chunk);
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', error =>
      reject(
        error.code === 'ENOENT'
          ? new SetupError(
              `The program ${command} was not found. It comes with Node: install Node from https://nodejs.org.`,
            )
          : error,
      ),
    );
    child.on('close', status => resolve({ status, output }));
  });
}

const buildInputs = [
  'extension',
  'mode',
  'models/default',
  'tools/webpack',
  'webpack.config.js',
  'tsconfig.json',
  'package-lock.json',
];

/** Builds the plugin when its sources are not those of the last build. Returns its folder. */
export async function ensureBuild({ log = silent } = {}) {
  const stamp = path.join(pluginFolder, '.build-stamp');
  const current = await hashOf(buildInputs.map(input => path.join(root, input)));
  const built = existsSync(stamp) ? await readFile(stamp, 'utf8') : '';
  if (built === current) return pluginFolder;
  const started = Date.now();
  log('Building the plugin ...');
  const webpack = path.join(root, 'node_modules', 'webpack-cli', 'bin', 'cli.js');
  const { status, output } = await run(
    process.execPath,
    [webpack, '--config', path.join(root, 'webpack.config.js')],
    {},
  );
  if (status !== 0) throw new SetupError(`The plugin could not be built:\n\n${output.trim()}\n`);
  await writeFile(stamp, current);
  log(`Plugin built in ${seconds(started)}.`);
  return pluginFolder;
}

/** Names and contents of files, and of folders with all that is in them. */
export async function hashOf(places) {
  const hash = createHash('sha256');
  for (const place of places) {
    for await (const file of filesIn(place)) {
      hash.update(path.relative(root, file).split(path.sep).join('/')).update('\0');
      hash.update(await readFile(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

async function* filesIn(place) {
  if (!existsSync(place)) return;
  const entries = await readdir(place, { withFileTypes: true }).catch(error => {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (!entries) return yield place;
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name === 'node_modules') continue;
    yield* filesIn(path.join(place, entry.name));
  }
}

/** Fetches the released viewer unless it is there already. Returns the folder that is served. */
export function ensureViewer(version, { log = silent } = {}) {
  return fetchViewer(version, path.join(cacheFolder, 'viewer'), log);
}
