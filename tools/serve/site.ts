import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { appConfig } from '../../demo/viewer/app-config';
import type { ServerOptions } from './server';
import type { StudyIndex } from './study-index';
import { answerDicomWeb } from './web/dicomweb';
import { notFound, type Reply } from './web/reply';
import { staticFile } from './web/static-files';
import { store } from './web/stow';

export type Site = (request: IncomingMessage) => Promise<Reply>;

const bundlePath = 'spa/bundle/';
const pluginPath = 'spa/';

/** What stands where: `/dicomweb`, the plugin at `/spa/`, the bundle at `/spa/bundle/`, and the viewer everywhere else. */
export function createSite(options: ServerOptions, index: StudyIndex): Site {
  const remoteBundle = /^https?:/.test(options.bundle);
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
      const plugin = (await staticFile(options.plugin, 'mode.js')) !== null;
      return {
        status: 200,
        type: 'text/javascript; charset=utf-8',
        body: appConfig({ plugin, bundle: remoteBundle ? options.bundle : `/${bundlePath}` }),
        headers: { 'Cache-Control': 'no-store' },
      };
    }
    if (pathname.startsWith(bundlePath) && !remoteBundle) {
      return (
        (await staticFile(options.bundle, pathname.slice(bundlePath.length))) ??
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

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname).replace(/^\/+/, '');
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
