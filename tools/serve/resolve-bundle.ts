import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundleFolder } from '../../extension/src/inference/bundle/bundle-path';
import { ServeError } from './serve-error';

const MANIFEST = 'manifest.json';

/**
 * The folder or the http(s) address (with a slash at its end) of a model bundle. `bundle` is that, or its manifest.json; a folder may be
 * relative to `from`.
 * @throws ServeError where there is no bundle, or no URL
 */
export function resolveBundle(bundle: string, from: string): string {
  if (/^https?:/i.test(bundle)) {
    if (!URL.canParse(bundle))
      throw new ServeError(`${bundle} is no URL. Give a folder or a URL with --bundle.`);
    return bundleFolder(bundle).href;
  }
  const given = path.resolve(from, bundle);
  const folder = path.basename(given) === MANIFEST ? path.dirname(given) : given;
  if (existsSync(path.join(folder, MANIFEST))) return folder;
  throw new ServeError(
    `The folder ${folder} is no model bundle: it has no manifest.json. Give one that has with --bundle.`,
  );
}
