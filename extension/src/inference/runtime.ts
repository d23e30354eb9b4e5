/**
 * What is needed of an ONNX runtime. `onnxruntime-web` (`ort.ts`) and `onnxruntime-node` (`tools/node-runtime.ts`) both fit behind it,
 * so that the network is the same in the browser, in the tools and in the tests.
 */

export interface RuntimeTensor {
  readonly dims: readonly number[];
  /** The values, fetched from the device if need be. */
  getData(): Promise<unknown>;
  dispose(): void;
}

export interface ValueMetadata {
  readonly name: string;
  readonly isTensor: boolean;
  /** Element type, 'float32'; absent for what is no tensor. */
  readonly type?: string;
  /** A text is a symbolic dimension; absent for what is no tensor. */
  readonly shape?: readonly (number | string)[];
}

export type Tensors = Readonly<Record<string, RuntimeTensor>>;

export interface RuntimeSession {
  readonly inputs: readonly ValueMetadata[];
  readonly outputs: readonly ValueMetadata[];
  run(feeds: Tensors): Promise<Tensors>;
  release(): Promise<void>;
}

/** An ONNX graph as it was loaded. */
export interface GraphBytes {
  readonly model: Uint8Array<ArrayBuffer>;
  /** Files of weights beside it, by the name that the graph calls them. */
  readonly data: readonly { readonly path: string; readonly data: Uint8Array<ArrayBuffer> }[];
}

export interface Runtime {
  /** What computes. A processor is trusted more than the driver of a graphics card. */
  readonly device: 'processor' | 'graphics card';
  /**
   * Most latents that one run of the head should take. On a processor small portions stay in its caches and take little memory (48 at
   * once need 40 MB at 96 x 96 and twice the time in Node); a graphics card wants them all at once.
   */
  readonly portion: number;
  /** float32; `data` must stay unchanged until the tensor is disposed of. */
  tensor(data: Float32Array, dims: readonly number[]): RuntimeTensor;
  /** `keepOnDevice`: leave the outputs where they were computed, for the next stage. */
  open(graph: GraphBytes, keepOnDevice: boolean): Promise<RuntimeSession>;
  /** Throws `worker-crashed` once the device is gone: some runtimes go on "successfully". */
  check(): void;
}
