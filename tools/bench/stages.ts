import type { Network } from '../../extension/src/core/network';
import { quantile } from './scenario';

export interface StageTimes {
  readonly encoderMs: number;
  readonly publishedRoundMs: number;
}

const encoderRuns = 8;
const publishedRounds = 3;

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
  const encoder = await median(encoderRuns, async () => {
    (await network.encode(image)).release();
  });
  const published = await median(publishedRounds, async () => {
    const features = await network.encode(image);
    for (let sample = 0; sample < latent.samples; sample++) {
      const conditioning = await network.prompt(features, maps);
      await network.decode(conditioning, new Float32Array(latent.dimension).fill(sample / latent.samples));
      conditioning.release();
    }
    features.release();
  });
  return { encoderMs: encoder, publishedRoundMs: published };
}

async function median(runs: number, work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  return quantile(times, 0.5);
}
