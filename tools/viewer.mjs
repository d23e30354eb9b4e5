/** The released viewers that the plugin is tried with: npm package `@ohif/app`, by version and integrity of its tarball. */
import { execFile } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetupError } from './setup-error.mjs';

const integrities = {
  '3.11.1': 'sha512-0lJRyHguGuIR06PxeJ3rqnPWf1OAqsaXGuqT2kl5HkNjIOxBDnRTTMvyHnkn3ZyjcHlsIhY8gf0h7AhVORqsSQ==',
  '3.12.10':
    'sha512-0kuF66Mq9c9dMD++bUsTjMrJpXJwaZhz9B4uS244DawAjSkTwIYFU93pxPuRUQixaRi7QAHlF3Fe1qudBlZrmA==',
  '3.13.2': 'sha512-WZdxmpmG7rqFgW9ZJLcbgr3XCtLi1KDNPoMaeY5PPe6j4G4fjEjjkycZM6C6Zk2F87BKxFfpq+jd5xXZB9E8EA==',
  '3.14.0-beta.6':
    'sha512-QwA0talqhh4VlUR+QgT2t8FP7NpX++4s6Z9Cp5VIcta3JMd2zGBPTp/R9t7JaX0Xi1AHAZAJxTv502R+SawaBg==',
};

export const viewerVersions = Object.keys(integrities);
export const defaultViewerVersion = '3.13.2';

const unreachable = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ERR_SOCKET_TIMEOUT',
  'EPROTO',
  'FETCH_ERROR',
];

/**
 * Unpacks a released viewer below `folder`, once. A version's folder appears complete or not at all: it is made under another
 * name and renamed.
 * @param {string} version one of `viewerVersions`
 * @param {string} folder
 * @param {(line: string) => void} log
 * @param {{registry?: string, cache?: string}} source instead of npm's own registry and cache
 * @returns {Promise<string>} the folder to serve
 */
export async function fetchViewer(version, folder, log, source = {}) {
  const integrity = integrities[version];
  if (integrity === undefined) {
    throw new SetupError(`There is no viewer ${version}. Those tried are ${viewerVersions.join(', ')}.`);
  }
  const home = path.join(folder, version);
  const dist = path.join(home, 'dist');
  if (existsSync(path.join(dist, 'index.html'))) return dist;
  const started = Date.now();
  await removeLeftovers(folder, version);
  const partial = path.join(folder, `.${version}-${process.pid}`);
  const tarball = `${partial}.tgz`;
  log(`Fetching the viewer, @ohif/app ${version} (50 MB, once) ...`);
  try {
    await mkdir(folder, { recursive: true });
    await download(version, integrity, tarball, source);
    const { default: pacote } = await import('pacote');
    await pacote.extract(`file:${tarball}`, partial, { integrity });
    await rm(home, { recursive: true, force: true });
    await rename(partial, home);
  } catch (error) {
    throw explain(error, version);
  } finally {
    await rm(tarball, { force: true });
    await rm(partial, { recursive: true, force: true });
  }
  log(`Viewer fetched in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  return dist;
}

async function download(version, integrity, tarball, source) {
  const { default: pacote } = await import('pacote');
  const options = {
    integrity,
    preferOffline: true,
    fetchRetries: 1,
    fetchRetryMintimeout: 1000,
    ...(source.registry ? source : { ...(await npmSettings()), ...source }),
  };
  await pacote.tarball.stream(
    `@ohif/app@${version}`,
    stream => pipeline(stream, createWriteStream(tarball)),
    options,
  );
}

/** How npm is set up to reach its registry: a mirror, a proxy and a certificate of the house, perhaps. */
async function npmSettings() {
  const [registry, httpsProxy, cafile] = await Promise.all(
    ['registry', 'https-proxy', 'cafile'].map(npmConfig),
  );
  return {
    ...(registry ? { registry } : {}),
    ...(httpsProxy ? { httpsProxy } : {}),
    ...(cafile ? { ca: await readFile(cafile, 'utf8') } : {}),
  };
}

function npmConfig(key) {
  return new Promise(resolve => {
    const npm = process.env.npm_execpath;
    const [command, ...before] = npm && /npm-cli\.c?js$/.test(npm) ? [process.execPath, npm] : ['npm'];
    const shell = process.platform === 'win32' && before.length === 0;
    execFile(command, [...before, 'config', 'get', key], { shell }, (error, stdout) => {
      // Without an answer the public registry is asked directly.
      const value = error ? '' : stdout.trim();
      resolve(value === 'null' || value === 'undefined' ? '' : value);
    });
  });
}

/** What an interrupted start left behind. */
async function removeLeftovers(folder, version) {
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    if (name.startsWith(`.${version}-`)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

function explain(error, version) {
  const { code, message } = error;
  if (code === 'EINTEGRITY' || message.includes('integrity checksum failed')) {
    return new SetupError(
      `The package @ohif/app ${version} that the registry sent is not the released one (its checksum differs), and was thrown away. ` +
        'Clear the cache with "npm cache clean --force" and try again; if it stays so, the registry or a proxy changes packages: ask who runs it.',
      { cause: error },
    );
  }
  if (unreachable.includes(code) || /network|timeout/i.test(message)) {
    return new SetupError(
      `The package registry cannot be reached (${code ?? message}), and the viewer @ohif/app ${version} is not here yet. ` +
        'Check the network connection or the proxy ("npm config set https-proxy URL") and start again; it is fetched only once.',
      { cause: error },
    );
  }
  if (code === 'E404') {
    return new SetupError(
      `The package registry that npm is set up to use does not have @ohif/app ${version}. Set another with "npm config set registry URL".`,
      { cause: error },
    );
  }
  if (code === 'ENOSPC') {
    return new SetupError('The disk is full: the viewer needs 150 MB. Make room and start again.', {
      cause: error,
    });
  }
  return error;
}
