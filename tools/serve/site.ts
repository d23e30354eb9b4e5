import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { appConfig } from '../../demo/viewer/app-config';
import type { StudyIndex } from './study-index';
import { answerDicomWeb } from './web/dicomweb';
import { notFound, type Reply } from './web/reply';
import { staticFile } from './web/static-files';
import { store } from './web/stow';

export interface SiteOptions {
  /** The unpacked viewer's `dist` folder; it is served as it is, except for `app-config.js`. */
  readonly viewer: string;
  /** The plugin's build. */
  readonly plugin: string;
  /** Folders or http(s) URLs of model bundles; the viewer loads the first and offers the others. At least one. */
  readonly bundles: readonly string[];
  /** Where segmentations that the viewer stores are kept. */
  readonly store: string;
  /** Whether the viewer takes all who use the browser for one reader, and remembers what was learnt. Default: it remembers nobody. */
  readonly oneReader?: boolean;
}

export type Site = (request: IncomingMessage) => Promise<Reply>;

const pluginPath = 'spa/';

/**
 * What stands where: `/dicomweb`, the plugin at `/spa/`, the first bundle at `/spa/bundle/`, the others at `/spa/bundles/2/` and so on, and
 * the viewer everywhere else.
 */
export function createSite(options: SiteOptions, index: StudyIndex): Site {
  const bundles = placeBundles(options.bundles);
  return async request => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const pathname = decode(url.pathname);
    if (pathname === null) return notFound('That address is not spelled right.');
    const accept = request.headers.accept ?? '';
    if (request.method === 'POST' && /^dicomweb\/studies(\/[0-9.]+)?$/.test(pathname))
      return store(index, options.store, request);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return { status: 405, headers: { Allow: 'GET, HEAD' } };
    if (pathname.startsWith('dicomweb/')) {
      return answerDicomWeb(index, {
        path: pathname.slice('dicomweb/'.length),
        query: url.searchParams,
        accept,
      });
    }
    if (pathname === 'app-config.js') {
      const isBuilt = (await staticFile(options.plugin, 'mode.js')) !== null;
      return {
        status: 200,
        type: 'text/javascript; charset=utf-8',
        body: appConfig({
          mode: isBuilt ? `/${pluginPath}mode.js` : null,
          bundles: bundles.map(({ url, label }) => ({ url, label })),
          oneReader: options.oneReader ?? false,
        }),
        headers: { 'Cache-Control': 'no-store' },
      };
    }
    const bundle = bundles.find(({ place }) => place !== null && pathname.startsWith(place));
    if (bundle !== undefined && bundle.place !== null) {
      return (
        (await staticFile(bundle.source, pathname.slice(bundle.place.length))) ??
        notFound('The bundle has no such file.')
      );
    }
    const file = pathname.startsWith(pluginPath)
      ? await staticFile(options.plugin, pathname.slice(pluginPath.length))
      : await staticFile(options.viewer, pathname === '' ? 'index.html' : pathname);
    if (file) return file;
    // The viewer's own routes, such as /viewer and /spa, are drawn by its page.
    if (path.extname(pathname) === '')
      return (await staticFile(options.viewer, 'index.html')) ?? notFound('The viewer is not here.');
    return notFound('There is no such file.');
  };
}

interface PlacedBundle {
  /** Folder or URL. */
  readonly source: string;
  /** Path below the site; null for a remote one. */
  readonly place: string | null;
  /** As the viewer is told. */
  readonly url: string;
  /** What the panel calls it before it was loaded. */
  readonly label: string;
}

function placeBundles(sources: readonly string[]): readonly PlacedBundle[] {
  return sources.map((source, i) => {
    if (/^https?:/.test(source)) {
      return { source, place: null, url: source, label: path.posix.basename(new URL(source).pathname) };
    }
    const place = i === 0 ? 'spa/bundle/' : `spa/bundles/${i + 1}/`;
    return { source, place, url: `/${place}`, label: labelOf(source) };
  });
}

/** Name and version from the manifest; the folder's name where it does not tell, which the viewer will complain about itself. */
function labelOf(folder: string): string {
  try {
    const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as {
      name?: unknown;
      version?: unknown;
    };
    if (typeof manifest.name === 'string') return `${manifest.name} ${String(manifest.version ?? '')}`.trim();
  } catch (error) {
    if (!(error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT')) throw error;
  }
  return path.basename(folder);
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname).replace(/^\/+/, '');
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
