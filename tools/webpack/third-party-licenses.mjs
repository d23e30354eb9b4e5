import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';

const texts = fileURLToPath(new URL('./licenses', import.meta.url));

/** Licences under which a package may go into the plugin: permissive, with nothing asked but to keep their text. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
  'Zlib',
]);

/**
 * Writes the licences of all packages whose modules are bundled, and of those named, into one file; fails the build on one that is not
 * permissive or that ships without its text.
 */
export class ThirdPartyLicenses {
  /**
   * @param {{file: string, packages?: readonly string[]}} options `file`: its name in the output; `packages`: folders of packages whose
   *   files are copied instead of bundled, or lie inside of another package's build
   */
  constructor(options) {
    this.options = options;
  }

  /** @param {webpack.Compiler} compiler */
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('ThirdPartyLicenses', compilation => {
      const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT;
      compilation.hooks.processAssets.tapPromise({ name: 'ThirdPartyLicenses', stage }, async () => {
        const folders = new Set(this.options.packages ?? []);
        for (const module of compilation.modules) {
          const folder = packageFolder(module.nameForCondition());
          if (folder !== null) folders.add(folder);
        }
        const notices = [];
        for (const folder of [...folders].sort()) {
          try {
            notices.push(await notice(folder));
          } catch (error) {
            compilation.errors.push(new webpack.WebpackError(error.message));
          }
        }
        compilation.emitAsset(this.options.file, new webpack.sources.RawSource(notices.join('\n')));
      });
    });
  }
}

/** @param {string | null} resource a module's file */
function packageFolder(resource) {
  const match = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(resource ?? '');
  return match?.[1] ?? null;
}

/** @param {string} folder */
async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  if (!isPermissive(license)) {
    throw new Error(
      `${name} ${version} is under "${license}", which is not known to be permissive: take another package, ` +
        'or add the licence to tools/webpack/third-party-licenses.mjs once it has been read.',
    );
  }
  const line = '='.repeat(80);
  return `${line}\n${name} ${version} - ${license}\n${line}\n${await licenceText(folder, name)}\n`;
}

/** @param {string} license also of several that hold together, such as "(MIT AND Zlib)" */
function isPermissive(license) {
  return String(license)
    .replace(/^\((.*)\)$/, '$1')
    .split(' AND ')
    .every(part => permissive.has(part));
}

/**
 * @param {string} folder
 * @param {string} name
 */
async function licenceText(folder, name) {
  const files = (await readdir(folder)).filter(file => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const own = files.map(file => path.join(folder, file));
  // Some packages name their licence and leave its text out.
  const kept = path.join(texts, `${name.replace('/', '__')}.txt`);
  const found = own.length > 0 ? own : [kept];
  try {
    return (await Promise.all(found.map(file => readFile(file, 'utf8'))))
      .map(text => text.trim())
      .join('\n\n');
  } catch (error) {
    throw new Error(`${name} ships no text of its licence: put it into ${kept}.`, { cause: error });
  }
}
