import type * as Ort from 'onnxruntime-web';
import { SpaError } from '../core/error';
import { download } from './bundle/http-source';
import { readExact } from './bundle/read-exact';
import type { GraphBytes, Runtime, RuntimeSession, RuntimeTensor } from './runtime';
import { allowThreadsFrom } from './worker-factory';
import { reasons } from '../text';

/**
 * onnxruntime-web, which nothing else imports. Two builds of it: the plain one, and one with WebGPU that is twice as large and does not
 * start under a content security policy without `unsafe-eval`. Both run the same graphs.
 */
type RuntimeKind = 'wasm' | 'webgpu';

/** Lengths of the WebAssembly files in bytes, put in by the build. */
declare const SPA_WASM_BYTES: Readonly<Record<RuntimeKind, number>>;

const files: Readonly<Record<RuntimeKind, string>> = {
  wasm: 'ort-wasm-simd-threaded',
  webgpu: 'ort-wasm-simd-threaded.asyncify',
};

interface OpenRuntimeOptions {
  readonly kind: RuntimeKind;
  /** Folder of the runtime's own files, ending in a slash. */
  readonly folder: URL;
  /** Threads of wasm. */
  readonly threads: number;
  readonly onBytes: (count: number) => void;
  readonly signal: AbortSignal;
}

export function runtimeBytes(kind: RuntimeKind): number {
  return SPA_WASM_BYTES[kind];
}

/**
 * Loads the runtime's WebAssembly and makes it ready. Once a worker; the first session starts it. Rejects with `bundle-missing`, `not-started`
 * or the signal's reason.
 */
export async function openRuntime(options: OpenRuntimeOptions): Promise<Runtime> {
  const { kind, folder } = options;
  const [ort, wasm] = await Promise.all([importRuntime(kind), loadWasm(options)]);
  const script = new URL(`${files[kind]}.js`, folder);
  if (options.threads > 1) allowThreadsFrom(script);
  ort.env.logLevel = 'error';
  ort.env.wasm.wasmPaths = { mjs: script.href };
  ort.env.wasm.wasmBinary = wasm;
  ort.env.wasm.numThreads = options.threads;
  return kind === 'webgpu' ? new WebGpuRuntime(ort) : new WasmRuntime(ort);
}

async function importRuntime(kind: RuntimeKind): Promise<typeof Ort> {
  try {
    return await (kind === 'webgpu'
      ? import(/* webpackChunkName: "runtime-webgpu" */ 'onnxruntime-web/webgpu')
      : import(/* webpackChunkName: "runtime-wasm" */ 'onnxruntime-web/wasm'));
  } catch (error) {
    // Also where another release of the plugin has taken the place of this one, whose parts have other names.
    const reason = error instanceof Error ? error.message : String(error);
    throw new SpaError('not-started', { reason }, { cause: error });
  }
}

async function loadWasm(options: OpenRuntimeOptions): Promise<Uint8Array<ArrayBuffer>> {
  const file = `${files[options.kind]}.wasm`;
  const wasm = await readExact(
    how => download(new URL(file, options.folder), how),
    { bytes: runtimeBytes(options.kind) },
    options,
  );
  if (wasm === null) throw new SpaError('not-started', { reason: reasons.otherFile(file) });
  return wasm;
}

class WasmRuntime implements Runtime {
  readonly device: Runtime['device'] = 'processor';
  readonly portion: number = 8;

  constructor(protected readonly ort: typeof Ort) {}

  tensor(data: Float32Array, dims: readonly number[]): RuntimeTensor {
    return new this.ort.Tensor('float32', data, dims);
  }

  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- wasm has no device apart from its memory
  open(graph: GraphBytes, _keepOnDevice: boolean): Promise<RuntimeSession> {
    return this.create(graph, { executionProviders: ['wasm'] });
  }

  check(): void {
    // Wasm cannot be lost without the worker.
  }

  protected async create(
    graph: GraphBytes,
    options: Ort.InferenceSession.SessionOptions,
  ): Promise<RuntimeSession> {
    const session = await this.ort.InferenceSession.create(graph.model, {
      ...options,
      ...(graph.data.length > 0 ? { externalData: [...graph.data] } : {}),
      graphOptimizationLevel: 'all',
    });
    return {
      inputs: session.inputMetadata,
      outputs: session.outputMetadata,
      run: feeds => session.run(feeds as Record<string, Ort.Tensor>),
      release: () => session.release(),
    };
  }
}

class WebGpuRuntime extends WasmRuntime {
  override readonly device = 'graphics card';
  override readonly portion = Infinity;
  private lost: string | null = null;
  private watched = false;

  override async open(graph: GraphBytes, keepOnDevice: boolean): Promise<RuntimeSession> {
    const session = await this.create(graph, {
      executionProviders: ['webgpu'],
      ...(keepOnDevice ? { preferredOutputLocation: 'gpu-buffer' } : {}),
    });
    await this.watch();
    return session;
  }

  override check(): void {
    if (this.lost !== null) throw new SpaError('worker-crashed', { reason: this.lost });
  }

  /** Runs whose outputs stay on a lost device go on without an error, so the device itself has to be asked. */
  private async watch(): Promise<void> {
    if (this.watched) return;
    this.watched = true;
    const device = (await this.ort.env.webgpu.device) as {
      readonly lost: Promise<{ readonly message: string }>;
    };
    void device.lost.then(({ message }) => {
      this.lost = `the graphics device was lost: ${message}`;
    });
  }
}
