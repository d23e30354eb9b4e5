import type { Network } from '../../extension/src/core/network';
import { quantile } from './scenario';

export interface StageTimes {
  readonly encoderMs: number;
  readonly publishedRoundMs: number;
}

const encoderRuns = 3;

/**
 * The encoder alone, and one round as the published program works: the encoder runs again, and its decoder takes prompts and one latent
 * at a time. In a bundle of the engine `bayes` the decoder's part is the prompt stage and the head together.
 */
export async function timeStages(network: Network): Promise<StageTimes> {
  const { inputSize, inputChannels, promptChannels, latent } = network.description;
  const pixels = inputSize * inputSize;
  const image = Float32Array.from({ length: inputChannels * pixels }, (_, i) => Math.sin(i / 7));
  const maps = new Float32Array(promptChannels.length * pixels);
  maps[(inputSize / 2) * inputSize + inputSize / 2] = 1;
  const encoderMs: number[] = [];
  for (let run = 0; run < encoderRuns; run++) {
    encoderMs.push(await time(async () => (await network.encode(image)).release()));
  }
  const publishedRoundMs = await time(async () => {
    const features = await network.encode(image);
    for (let sample = 0; sample < latent.samples; sample++) {
      const conditioning = await network.prompt(features, maps);
      await network.decode(conditioning, new Float32Array(latent.dimension).fill(sample / latent.samples));
      conditioning.release();
    }
    features.release();
  });
  return { encoderMs: quantile(encoderMs, 0.5), publishedRoundMs };
}

async function time(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
