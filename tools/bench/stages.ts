import type { Network, NetworkDescription, PromptTensors } from '../../extension/src/core/network/network';
import { middlePoint } from '../../extension/src/inference/point-try-out';
import { quantile } from './scenario';

export interface StageTimes {
  readonly encoderMs: number;
  readonly publishedRoundMs: number;
}

const encoderRuns = 3;

/**
 * The encoder alone, and one round as the published program works: the encoder runs again, and its decoder takes prompts and one latent
 * at a time. In a bundle of the engine `bayes` the decoder's part is the prompt stage and the head together; in one of the engine `sam` the
 * head gives all its masks at once.
 */
export async function timeStages(network: Network): Promise<StageTimes> {
  const { engine, inputSize, inputChannels, latent } = network.description;
  const image = Float32Array.from({ length: inputChannels * inputSize ** 2 }, (_, i) => Math.sin(i / 7));
  const prompts = middleClick(network.description);
  const decodes = engine === 'sam' ? 1 : latent.samples;
  const encoderMs: number[] = [];
  for (let run = 0; run < encoderRuns; run++) {
    encoderMs.push(await time(async () => (await network.encode(image)).release()));
  }
  const publishedRoundMs = await time(async () => {
    const features = await network.encode(image);
    for (let sample = 0; sample < decodes; sample++) {
      const conditioning = await network.prompt(features, prompts);
      await network.decode(conditioning, new Float32Array(latent.dimension).fill(sample / latent.samples));
      conditioning.release();
    }
    features.release();
  });
  return { encoderMs: quantile(encoderMs, 0.5), publishedRoundMs };
}

function middleClick(description: NetworkDescription): PromptTensors {
  const size = description.inputSize;
  if (description.engine !== 'bayes') return middlePoint(size);
  const middle = size / 2;
  const maps = new Float32Array(description.promptChannels.length * size * size);
  maps[middle * size + middle] = 1;
  return { kind: 'maps', maps };
}

async function time(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
