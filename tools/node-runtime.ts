import * as ort from 'onnxruntime-node';
import type { Runtime } from '../extension/src/inference/runtime';

/** onnxruntime-node behind the same interface as the browser's runtime: measurements run the shipped network. */
export function nodeRuntime(threads = 1): Runtime {
  return {
    device: 'processor',
    portion: 8,
    tensor: (data, dims) => new ort.Tensor('float32', data, dims),
    open: async graph => {
      const session = await ort.InferenceSession.create(graph.model, {
        ...(graph.data.length > 0 ? { externalData: [...graph.data] } : {}),
        executionProviders: ['cpu'],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
      });
      return {
        inputs: session.inputMetadata,
        outputs: session.outputMetadata,
        run: feeds => session.run(feeds as Record<string, ort.Tensor>),
        release: () => session.release(),
      };
    },
    check: () => {
      // The processor is never lost.
    },
  };
}
