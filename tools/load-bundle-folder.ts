import { SpaError } from '../extension/src/core/error';
import { loadBundle, type Bundle } from '../extension/src/inference/bundle/load-bundle';
import { folderSource } from './folder-source';
import { UsageError } from './usage-error';

/** The bundle in a folder of this machine. Throws a `UsageError` that says what is wrong with it. */
export async function loadBundleFolder(folder: string): Promise<Bundle> {
  try {
    return await loadBundle(folderSource(folder));
  } catch (cause) {
    if (!(cause instanceof SpaError)) throw cause;
    // The remedy there is a viewer's user's.
    throw new UsageError(`${cause.problem} Name the folder of a bundle with --bundle.`, { cause });
  }
}
