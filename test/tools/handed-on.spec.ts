/** What a deployment hands on with the plugin: its own licence, and those of all that is built into it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import webpack, { type WebpackPluginInstance } from 'webpack';
import config from '../../webpack.config.js';

const isInstance = (plugin: unknown): plugin is WebpackPluginInstance =>
  typeof plugin === 'object' && plugin !== null;

function pluginOf(name: string): WebpackPluginInstance {
  const found = (config.plugins ?? []).filter(isInstance).find(plugin => plugin.constructor.name === name);
  if (found === undefined) throw new Error(`The build has no ${name}.`);
  return found;
}

/** Builds an entry that imports nothing. */
function build(folder: string): Promise<void> {
  const compiler = webpack({
    mode: 'none',
    context: folder,
    entry: './entry.js',
    output: { path: folder },
    plugins: [pluginOf('ThirdPartyLicenses')],
  });
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString('errors-only')));
      else resolve();
    });
  });
}

describe('what is handed on with the plugin', () => {
  let folder: string;
  let notices: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'spa-licences-'));
    await writeFile(path.join(folder, 'entry.js'), '');
    await build(folder);
    notices = await readFile(path.join(folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has the licences of packages that lie inside of the published build of another', () => {
    for (const name of ['gl-matrix', 'lodash.clonedeep', 'loglevel', 'ndarray', 'pako']) {
      expect(notices).toMatch(new RegExp(`^${name} [0-9.]+ - `, 'm'));
    }
    expect(notices).toContain('Jean-loup Gailly');
  });

  it('has the notices of what the runtime’s WebAssembly is made of, in words and not as an address', () => {
    for (const part of ['protocolbuffers/protobuf', 'google/flatbuffers', 'Eigen', 'abseil-cpp']) {
      expect(notices).toContain(part);
    }
  });

  it('has the plugin’s own licence and notice beside it', () => {
    expect(pluginOf('CopiedFiles')).toMatchObject({
      files: { LICENSE: expect.stringMatching(/LICENSE$/), NOTICE: expect.stringMatching(/NOTICE$/) },
    });
  });
});
