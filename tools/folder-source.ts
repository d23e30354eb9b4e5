import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { FileTooLongError, type BundleSource } from '../extension/src/inference/bundle/source';
import { reasonOf, SpaError } from '../extension/src/core/error';

/** The files of a bundle in a folder of this machine. */
export function folderSource(folder: string): BundleSource {
  return {
    read: async (file, { mostBytes, onBytes, signal }) => {
      const place = path.join(folder, file);
      try {
        if ((await stat(place)).size > mostBytes) throw new FileTooLongError(place, mostBytes);
        const bytes = new Uint8Array(await readFile(place, signal === undefined ? {} : { signal }));
        onBytes?.(bytes.length);
        return bytes;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof FileTooLongError) throw error;
        const reason = reasonOf(error);
        throw new SpaError('bundle-missing', { url: place, reason }, { cause: error });
      }
    },
  };
}
