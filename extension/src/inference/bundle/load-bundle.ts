import { SpaError } from '../../core/error';
import { reasons } from '../../text';
import { invalid } from './fields';
import type { GraphBytes } from '../runtime';
import { readExact } from './read-exact';
import { readManifest, type BundleFile, type GraphFile, type Manifest } from './manifest';
import { sha256 } from './sha256';
import { FileTooLongError, type BundleSource } from './source';

/** A bundle whose every file is the one that its manifest promises. */
export interface Bundle {
  readonly manifest: Manifest;
  /** By the stage's name. */
  readonly graphs: ReadonlyMap<string, GraphBytes>;
}

interface LoadBundleOptions {
  /** Called once, when the manifest is read and the sum of its files is known. */
  readonly onManifest?: (manifest: Manifest) => void;
  /** Called with the number of bytes that have newly arrived; negative when a file is loaded again. */
  readonly onBytes?: (count: number) => void;
  readonly signal?: AbortSignal | undefined;
  /** Memory that the runtime can give while it opens a graph; a bundle that needs more is refused before it is loaded. Default: no limit. */
  readonly mostMemory?: number;
}

const largestManifestBytes = 4 * 2 ** 20;

/**
 * Loads and checks a bundle. Rejects with `bundle-missing`, `bundle-version`, `bundle-invalid`, `bundle-too-large`, `bundle-hash` or the
 * signal's reason; nothing is kept of a failed attempt, so that it can simply be repeated.
 */
export async function loadBundle(source: BundleSource, options: LoadBundleOptions = {}): Promise<Bundle> {
  const manifest = readManifest(await readJson(source, options.signal));
  const { mostMemory = Infinity } = options;
  const needed = openingBytes(manifest);
  if (needed > mostMemory) {
    const [size, limit] = [needed, mostMemory].map(count => (count / 1e9).toFixed(1));
    throw new SpaError('bundle-too-large', { name: manifest.name, size: size ?? '', limit: limit ?? '' });
  }
  options.onManifest?.(manifest);
  const graphs = await Promise.all(
    Array.from(
      manifest.graphs,
      async ([stage, file]) => [stage, await readGraph(source, file, options)] as const,
    ),
  );
  return { manifest, graphs: new Map(graphs) };
}

/** Size of all graphs and weights of a bundle in bytes. */
export function bundleBytes(manifest: Manifest): number {
  let bytes = 0;
  for (const graph of manifest.graphs.values()) bytes += graphBytes(graph);
  return bytes;
}

/**
 * Memory that the largest graph takes while a session is made of it: the file, its tensors, and weights of fp16 once more as fp32. The
 * exporter warns by the same rule.
 */
function openingBytes(manifest: Manifest): number {
  const factor = manifest.weights === 'fp16' ? 4 : 2;
  return factor * Math.max(...Array.from(manifest.graphs.values(), graphBytes));
}

function graphBytes(graph: GraphFile): number {
  return graph.data.reduce((sum, file) => sum + file.bytes, graph.bytes);
}

async function readGraph(
  source: BundleSource,
  graph: GraphFile,
  options: LoadBundleOptions,
): Promise<GraphBytes> {
  const [model, ...data] = await Promise.all(
    [graph, ...graph.data].map(file => readFile(source, file, options)),
  );
  return {
    model: model ?? new Uint8Array(),
    // A graph names its files from where it lies itself.
    data: data.map((bytes, i) => ({ path: (graph.data[i]?.file ?? '').replace(/^.*\//, ''), data: bytes })),
  };
}

async function readJson(source: BundleSource, signal: AbortSignal | undefined): Promise<unknown> {
  let text = '';
  try {
    const bytes = await source.read('manifest.json', { mostBytes: largestManifestBytes, signal });
    text = new TextDecoder().decode(bytes);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof FileTooLongError) throw invalid(error.message, error);
    if (!(error instanceof SyntaxError)) throw error;
    // What a server answers whose session is over, or that answers every address with its first page.
    throw invalid(/^\s*</.test(text) ? reasons.webPageForManifest : reasons.manifestNotJson, error);
  }
}

async function readFile(
  source: BundleSource,
  { file, bytes, sha256: promised }: BundleFile,
  options: LoadBundleOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const found = await readExact(
    how => source.read(file, how),
    { bytes, isRight: async read => (await sha256(read)) === promised },
    options,
  );
  if (found === null) throw new SpaError('bundle-hash', { file });
  return found;
}
