import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The first of the programs that is installed: by its name on the PATH, then in the usual places.
 * @param {{ names: readonly string[], places: readonly string[] }} program
 * @param {string | undefined} searchPath as the environment gives it in PATH
 * @returns {string | undefined}
 */
export function findProgram({ names, places }, searchPath = '') {
  for (const directory of searchPath.split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(directory, name);
      if (existsSync(file)) return file;
    }
  }
  return places.find(place => existsSync(place));
}
