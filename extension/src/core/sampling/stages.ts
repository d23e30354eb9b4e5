/** The network's stages as the loop uses them: cached where it pays, cancelled between stages, released in every case. */
import type { Crop } from '../image/crop';
import { maskOnCrop } from '../image/crop-map';
import { imageTensor } from '../image/image-tensor';
import { decodeSights, mirrorRows, type Sights } from '../network/mirror';
import type { Conditioning, Features, Network, PromptTensors } from '../network/network';
import { preferenceEngine } from '../preference/choose-engine';
import type { Preference } from '../preference/preference';
import { promptPoints } from '../prompts/prompt-points';
import { promptMaps } from '../prompts/prompts';
import type { RoundInput } from './round-input';
import { seededRandom } from '../random';
import { logitsOf, probabilitiesOnCrop } from './refined-mask';
import type { RoundCache } from './round-cache';
import { samplesFromLogits, type Samples } from '../network/samples';
import type { Slice } from '../image/slice';

/** Streams of a round's seed, so that one kind of draw does not shift another. */
export const STREAM = { samples: 1, look: 2, tendency: 3, learning: 4, clusters: 5 } as const;

export interface Stage {
  readonly network: Network;
  readonly slice: Slice;
  readonly cache: RoundCache;
  readonly signal: AbortSignal | undefined;
}

/** Encoder output for a crop, or for its mirror image; from the cache if that was seen before. */
async function featuresOf(stage: Stage, crop: Crop, mirrored = false): Promise<Features> {
  const { description } = stage.network;
  const key = `${stage.slice.key}|${cropKey(crop)}${mirrored ? '|mirrored' : ''}`;
  const kept = stage.cache.features.get(key);
  if (kept !== undefined) return kept;
  stage.signal?.throwIfAborted();
  const image = imageTensor(stage.slice, crop, description);
  const features = await stage.network.encode(mirrored ? mirrorRows(image, description.inputSize) : image);
  stage.cache.features.set(key, features);
  return features;
}

/** What tells the prompt stage where the structure is. */
type Prompting = Pick<RoundInput, 'prompts' | 'previous' | 'refined'>;

/** The prompt stage's output. The caller releases it. */
export async function conditioningOf(
  stage: Stage,
  crop: Crop,
  prompting: Prompting,
  mirrored = false,
): Promise<Conditioning> {
  const features = await featuresOf(stage, crop, mirrored);
  stage.signal?.throwIfAborted();
  const prompts = promptTensors(stage, crop, prompting);
  return stage.network.prompt(features, mirrored ? mirrorPrompts(prompts, stage) : prompts);
}

/** All sights that the network is drawn from. The caller releases them. */
export async function sightsOf(stage: Stage, crop: Crop, prompting: Prompting): Promise<Sights> {
  const { description } = stage.network;
  const plain = await conditioningOf(stage, crop, prompting);
  if (description.engine !== 'bayes' || !description.mirrored) return { plain, mirrored: null };
  try {
    return { plain, mirrored: await conditioningOf(stage, crop, prompting, true) };
  } catch (error) {
    plain.release();
    throw error;
  }
}

function mirrorPrompts(prompts: PromptTensors, { network }: Stage): PromptTensors {
  if (prompts.kind !== 'maps')
    throw new RangeError('Only a network that is told prompts as maps has a mirror image.');
  return { kind: 'maps', maps: mirrorRows(prompts.maps, network.description.inputSize) };
}

function promptTensors(stage: Stage, crop: Crop, { prompts, previous, refined }: Prompting): PromptTensors {
  const { description } = stage.network;
  const size = description.inputSize;
  if (description.engine !== 'bayes') {
    const mask = refined?.quarterLogits.length === description.outputSize ** 2 ? logitsOf(refined) : null;
    return promptPoints(prompts, crop, stage.slice, { size, order: description.pointOrder, mask });
  }
  const maps = promptMaps(prompts, crop, stage.slice, {
    channels: description.promptChannels,
    size,
    sigma: description.pointSigma,
    previous: previousOnCrop(previous, refined, crop, stage.slice, size),
  });
  return { kind: 'maps', maps };
}

/** With its doubts where the model's own map is known, [S,S]. */
function previousOnCrop(
  previous: Prompting['previous'],
  refined: Prompting['refined'],
  crop: Crop,
  grid: Slice,
  size: number,
): Float32Array | null {
  if (previous === null) return null;
  return refined ? probabilitiesOnCrop(refined, crop, grid, size) : maskOnCrop(previous, crop, grid, size);
}

/** One kind of samples out of a run of the head. */
interface Batch {
  readonly samples: Samples;
  /** [N,P] */
  readonly logits: Float32Array;
  /** [N], where the head predicts it. */
  readonly quality: Float32Array | null;
}

/** Samples of several preferences in one run of the head: one batch for each. */
export async function drawSamples(
  stage: Stage,
  sights: Sights,
  wanted: readonly {
    readonly preference: Preference;
    readonly count: number;
    readonly seed: number;
    readonly stream: number;
  }[],
): Promise<Batch[]> {
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
  const { logits, quality = null } = await decodeSights(stage.network, sights, latents);
  stage.signal?.throwIfAborted();
  const size = description.outputSize;
  if (dimension === 0) return [{ samples: samplesFromLogits(logits, latents, size, 0), logits, quality }];
  let first = 0;
  return batches.map((batch): Batch => {
    const count = batch.length / dimension;
    const part = logits.subarray(first * size * size, (first + count) * size * size);
    first += count;
    return { samples: samplesFromLogits(part, batch, size, dimension), logits: part, quality: null };
  });
}

export function cropKey(crop: Crop): string {
  return `${crop.centre.x},${crop.centre.y},${crop.side}`;
}
