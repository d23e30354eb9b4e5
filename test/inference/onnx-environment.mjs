import { TestEnvironment } from 'jest-environment-node';

/**
 * Node with its own typed arrays: jest gives tests others, and onnxruntime-node, which makes its tensors outside of the test, does not
 * take them for its own.
 */
export default class OnnxEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const type of [Float32Array, Float64Array, BigInt64Array, Int32Array, Uint8Array]) {
      this.global[type.name] = type;
    }
  }
}
