import { SpaError } from '../../core/error';
import { invalid } from './fields';
import { readManifest, type GraphFile, type Manifest } from './manifest';
import { sha256 } from './sha256';
import { FileTooLongError, type BundleSource } from './source';

/** A bundle whose every file is the one that its manifest promises. */
export interface Bundle {
  readonly manifest: Manifest;
  /** ONNX by the stage's name. */
  readonly graphs: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

export interface LoadBundleOptions {
  /** Called once, when the manifest is read and the sum of its files is known. */
  readonly onManifest?: (manifest: Manifest) => void;
  /** Called with the number of bytes that have newly arrived; negative when a file is loaded again. */
  readonly onBytes?: (count: number) => void;
  readonly signal?: AbortSignal | undefined;
}

const largestManifestBytes = 4 * 2 ** 20;

/**
 * Loads and checks a bundle. Rejects with `bundle-missing`, `bundle-version`, `bundle-invalid`, `bundle-hash` or the signal's reason;
 * nothing is kept of a failed attempt, so that it can simply be repeated.
 */
export async function loadBundle(source: BundleSource, options: LoadBundleOptions = {}): Promise<Bundle> {
  const manifest = readManifest(await readJson(source, options.signal));
  options.onManifest?.(manifest);
  const graphs = await Promise.all(
    Array.from(
      manifest.graphs,
      async ([stage, file]) => [stage, await readGraph(source, file, options)] as const,
    ),
  );
  return { manifest, graphs: new Map(graphs) };
}

/** Size of all graphs of a bundle in bytes. */
export function bundleBytes(manifest: Manifest): number {
  let bytes = 0;
  for (const graph of manifest.graphs.values()) bytes += graph.bytes;
  return bytes;
}

async function readJson(source: BundleSource, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    const bytes = await source.read('manifest.json', { mostBytes: largestManifestBytes, signal });
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof FileTooLongError) throw invalid(error.message, error);
    if (error instanceof SyntaxError) {
      throw invalid('manifest.json is not JSON: is there a bundle at this address?', error);
    }
    throw error;
  }
}

/** The bytes of one graph; asks past the caches once, because a stale copy there would fail for ever. */
async function readGraph(
  source: BundleSource,
  graph: GraphFile,
  options: LoadBundleOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  for (const afresh of [false, true]) {
    let arrived = 0;
    const onBytes = (count: number): void => {
      arrived += count;
      options.onBytes?.(count);
    };
    try {
      const bytes = await source.read(graph.file, {
        mostBytes: graph.bytes,
        onBytes,
        signal: options.signal,
        afresh,
      });
      if (bytes.length === graph.bytes && (await sha256(bytes)) === graph.sha256) return bytes;
    } catch (error) {
      if (!(error instanceof FileTooLongError)) throw error;
    }
    options.onBytes?.(-arrived);
  }
  throw new SpaError('bundle-hash', { file: graph.file });
}
