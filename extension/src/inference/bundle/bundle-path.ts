/**
 * Where a file of a bundle may lie: below the bundle, in plain names. A list of what is allowed rather than of what is not, so that no
 * spelling of "..", of a scheme, of a backslash or of a percent-encoded one has to be thought of.
 */
const plainPath = /^[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;
const longestPath = 200;

export function isPlainPath(path: string): boolean {
  return path.length <= longestPath && plainPath.test(path);
}

/**
 * The folder of a bundle as a URL that ends in a slash. `address` is the folder or its manifest.json, absolute or relative to `base`.
 * Query and fragment are dropped: they belong to one file. Throws a TypeError if it is no address at all.
 */
export function bundleFolder(address: string, base?: string): URL {
  const url = base === undefined ? new URL(address) : new URL(address, base);
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/(?:^|\/)manifest\.json$/, '/');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
