/** The network's stages as the loop uses them: cached where it pays, cancelled between stages, released in every case. */
import type { Crop } from './crop';
import { maskOnCrop } from './crop-map';
import { imageTensor } from './image-tensor';
import type { Conditioning, Features, Network } from './network';
import { preferenceEngine } from './preference/choose-engine';
import type { Preference } from './preference/preference';
import { promptMaps, type Prompt } from './prompts';
import type { Mask } from './mask';
import { seededRandom } from './random';
import type { RoundCache } from './round-cache';
import { samplesFromLogits, type Samples } from './samples';
import type { Slice } from './slice';

/** Streams of a round's seed, so that one kind of draw does not shift another. */
export const STREAM = { samples: 1, look: 2, tendency: 3, learning: 4, clusters: 5 } as const;

export interface Stage {
  readonly network: Network;
  readonly slice: Slice;
  readonly cache: RoundCache;
  readonly signal: AbortSignal | undefined;
}

/** Encoder output for a crop; from the cache if this crop was seen before. */
export async function featuresOf(stage: Stage, crop: Crop): Promise<Features> {
  const key = `${stage.slice.key}|${cropKey(crop)}`;
  const kept = stage.cache.features.get(key);
  if (kept !== undefined) return kept;
  stage.signal?.throwIfAborted();
  const features = await stage.network.encode(imageTensor(stage.slice, crop, stage.network.description));
  stage.cache.features.set(key, features);
  return features;
}

/** The prompt stage's output. The caller releases it. */
export async function conditioningOf(
  stage: Stage,
  crop: Crop,
  prompts: readonly Prompt[],
  previous: Mask | null,
): Promise<Conditioning> {
  const { description } = stage.network;
  const features = await featuresOf(stage, crop);
  stage.signal?.throwIfAborted();
  const maps = promptMaps(prompts, crop, stage.slice, {
    channels: description.promptChannels,
    size: description.inputSize,
    sigma: description.pointSigma,
    previous: previous === null ? null : maskOnCrop(previous, crop, stage.slice, description.inputSize),
  });
  return stage.network.prompt(features, maps);
}

/** Samples of several preferences in one run of the head: one `Samples` for each. */
export async function drawSamples(
  stage: Stage,
  conditioning: Conditioning,
  wanted: readonly {
    readonly preference: Preference;
    readonly count: number;
    readonly seed: number;
    readonly stream: number;
  }[],
): Promise<Samples[]> {
  const { description } = stage.network;
  const engine = preferenceEngine(description);
  const { dimension } = description.latent;
  const batches = wanted.map(({ preference, count, seed, stream }) =>
    engine.draw(preference, count, seededRandom(seed, stream)),
  );
  const latents = new Float32Array(batches.reduce((sum, batch) => sum + batch.length, 0));
  let offset = 0;
  for (const batch of batches) {
    latents.set(batch, offset);
    offset += batch.length;
  }
  stage.signal?.throwIfAborted();
  const logits = await stage.network.decode(conditioning, latents);
  stage.signal?.throwIfAborted();
  const size = description.inputSize;
  if (dimension === 0) return [samplesFromLogits(logits, latents, size, 0)];
  let first = 0;
  return batches.map(batch => {
    const count = batch.length / dimension;
    const part = logits.subarray(first * size * size, (first + count) * size * size);
    first += count;
    return samplesFromLogits(part, batch, size, dimension);
  });
}

export function cropKey(crop: Crop): string {
  return `${crop.centre.x},${crop.centre.y},${crop.side}`;
}
