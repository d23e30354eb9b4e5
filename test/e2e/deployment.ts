/**
 * A deployment as a hospital has it: the released viewer under a strict content security policy on one origin, the plugin's files as they
 * are built on another.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Rgb } from '../../extension/src/core/image/colours';
import { appConfig } from '../../demo/viewer/app-config';
import { scanFolder } from '../../tools/serve/scan-folder';
import { createSite } from '../../tools/serve/site';
import { notFound, send, type Reply } from '../../tools/serve/web/reply';
import { staticFile } from '../../tools/serve/web/static-files';
import type { ViewerServer } from './viewer-page';

const root = path.resolve(import.meta.dirname, '../..');
const viewerFolder = path.join(root, '.cache/viewer/3.13.2/dist');
const pluginFolder = path.join(root, 'dist');
const reportPath = '/policy-violations';

export interface DeploymentOptions {
  /** Folder of DICOM files. */
  readonly data: string;
  /** Whether the viewer is isolated from other origins, which gives the model several threads. */
  readonly isolated: boolean;
  /** On another origin with the headers that it needs there, or beside the viewer, whose headers its files then lack. */
  readonly plugin: 'elsewhere' | 'beside';
  /** As the customization `spa.colours` takes them. */
  readonly colours: Readonly<Record<string, Rgb>>;
}

export interface Deployment extends ViewerServer {
  /** What the browser refused by the policy, in the page and in its workers, in words. */
  readonly violations: readonly string[];
  /** Paths that were fetched from the plugin's origin. */
  readonly fetchedOfPlugin: ReadonlySet<string>;
}

export async function deploy({ data, isolated, plugin, colours }: DeploymentOptions): Promise<Deployment> {
  const scan = await scanFolder(data);
  const violations: string[] = [];
  const fetchedOfPlugin = new Set<string>();

  // The viewer's address stands in the plugin's headers and the other way round: both listen before the first request comes.
  const addresses = { viewer: '', plugin: '' };
  const pluginServer = createServer(
    answering(async (request, setHeader) => {
      const name = pathOf(request);
      fetchedOfPlugin.add(name);
      for (const [header, value] of Object.entries(pluginHeaders(addresses.viewer))) setHeader(header, value);
      return pluginFile(name);
    }),
  );
  const site = createSite(
    { viewer: viewerFolder, plugin: pluginFolder, bundles: [], store: data },
    scan.index,
  );
  const scripts = await inlineScripts(path.join(viewerFolder, 'index.html'));
  const viewerServer = createServer(
    answering(async (request, setHeader) => {
      if (request.url === reportPath) {
        violations.push(violation(await bodyOf(request)));
        return { status: 204 };
      }
      const ofPlugin = /^spa\/(.*\..+)$/.exec(pathOf(request))?.[1];
      if (ofPlugin !== undefined) {
        fetchedOfPlugin.add(ofPlugin);
        return pluginFile(ofPlugin);
      }
      // Absolute: a worker that was made from a blob has no address to complete it by.
      const report = `${addresses.viewer}${reportPath}`;
      const headers = viewerHeaders({ scripts, plugin: addresses.plugin, report, isolated });
      for (const [header, value] of Object.entries(headers)) setHeader(header, value);
      if (pathOf(request) !== 'app-config.js') return site(request);
      const config = appConfig({ mode: `${addresses.plugin}/mode.js`, bundles: [], oneReader: true });
      const own = JSON.stringify([{ 'spa.colours': { $set: colours } }]);
      const body = config.replace('customizationService: {}', `customizationService: ${own}`);
      return { status: 200, type: 'text/javascript; charset=utf-8', body };
    }),
  );
  const elsewhere = await listen(pluginServer);
  addresses.viewer = await listen(viewerServer);
  addresses.plugin = plugin === 'elsewhere' ? elsewhere : `${addresses.viewer}/spa`;
  return {
    url: `${addresses.viewer}/`,
    otherOrigins: [new URL(addresses.plugin).origin],
    scan,
    violations,
    fetchedOfPlugin,
    close: async () => {
      await Promise.all([close(viewerServer), close(pluginServer)]);
    },
  };
}

async function pluginFile(name: string): Promise<Reply> {
  const file = (await staticFile(pluginFolder, name)) ?? notFound('There is no such file.');
  return name === 'worker.js' ? { ...file, body: onProcessors(file.body) } : file;
}

/** The worker's script on a machine with processors enough for several threads, whatever the machine has that runs this. */
function onProcessors(script: Reply['body']): string {
  const told = "Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });";
  return `${told}\n${String(script)}`;
}

/** What `docs/deployment.md` tells a deployment to send with the plugin's files. */
function pluginHeaders(viewerOrigin: string): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': viewerOrigin,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}

interface ViewerHeaders {
  /** Sources of the page's inline scripts. */
  readonly scripts: readonly string[];
  /** Origin of the plugin. */
  readonly plugin: string;
  /** Where the browser tells what it refused. */
  readonly report: string;
  readonly isolated: boolean;
}

/**
 * What the released viewer needs by itself (its inline scripts by their hashes, its styles, its pictures), and what
 * `docs/deployment.md` adds for the plugin.
 */
function viewerHeaders({ scripts, plugin, report, isolated }: ViewerHeaders): Record<string, string> {
  const policy = [
    "default-src 'self'",
    `script-src 'self' ${scripts.join(' ')} ${plugin} 'wasm-unsafe-eval'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "worker-src 'self' blob:",
    `connect-src 'self' ${plugin}`,
    "object-src 'none'",
    "frame-ancestors 'self'",
    `report-uri ${report}`,
  ].join('; ');
  return {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    ...(isolated && {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    }),
  };
}

/** Sources by which a policy allows the inline scripts of a page, and no others. */
async function inlineScripts(page: string): Promise<string[]> {
  const html = await readFile(page, 'utf8');
  return [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
}

type Answer = (
  request: IncomingMessage,
  setHeader: (name: string, value: string) => void,
) => ReturnType<ReturnType<typeof createSite>>;

function answering(answer: Answer): RequestListener {
  return (request, response) => {
    answer(request, (name, value) => response.setHeader(name, value))
      .then(reply => send(request, response, reply))
      .catch((error: unknown) => {
        console.error(`${request.url ?? ''}:`, error);
        response.destroy();
      });
  };
}

function violation(report: string): string {
  const { 'csp-report': told } = JSON.parse(report) as { 'csp-report': Record<string, unknown> };
  return `${String(told['effective-directive'])} refused ${String(told['blocked-uri'])} in ${String(told['source-file'])}`;
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The origin that a server listens on, with any free port. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
