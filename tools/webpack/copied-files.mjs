import { copyFile, mkdir, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

/**
 * Puts files into the output as they are, beside the build rather than through it: they are large, never change within an installation,
 * and what a package ships minimised is not to be minimised again. Tell `output.clean` to keep them.
 */
export class CopiedFiles {
  /** @param {Readonly<Record<string, string>>} files absolute path by name in the output */
  constructor(files) {
    this.files = files;
  }

  /** @param {import('webpack').Compiler} compiler */
  apply(compiler) {
    compiler.hooks.afterEmit.tapPromise('CopiedFiles', async () => {
      for (const [name, file] of Object.entries(this.files)) {
        await copyIfChanged(file, path.join(compiler.outputPath, name));
      }
    });
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
async function copyIfChanged(from, to) {
  const source = await stat(from);
  const present = await stat(to).catch(error => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  // The copy carries the time of its source, so that an older version put back is noticed as well.
  if (present?.size === source.size && present.mtime.getTime() === source.mtime.getTime()) return;
  await mkdir(path.dirname(to), { recursive: true });
  await copyFile(from, to);
  await utimes(to, source.atime, source.mtime);
}
