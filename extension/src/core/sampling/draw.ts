import type { Crop } from '../image/crop';
import type { Conditioning } from '../network/network';
import { releaseSights, type Sights } from '../network/mirror';
import { priorPreference } from '../preference/engine';
import type { Preference } from '../preference/preference';
import type { Drawn } from './drawn';
import type { RoundInput } from './round-input';
import { cropKey, drawSamples, sightsOf, STREAM, type Stage } from './stages';

/** Samples of the bundle's prior to which the tendency compares. */
const PRIOR_SAMPLES = 16;

/** From the cache, or by prompt stage and head. */
export async function drawRound(stage: Stage, input: RoundInput, crop: Crop): Promise<Drawn> {
  const key = roundKey(stage.slice.key, input, crop);
  const kept = stage.cache.rounds.get(key);
  if (kept !== undefined) return kept;
  const sights = await sightsOf(stage, crop, input);
  try {
    const drawn = await draw(stage, input, sights);
    stage.cache.rounds.set(key, drawn);
    return drawn;
  } finally {
    releaseSights(sights);
  }
}

async function draw(stage: Stage, input: RoundInput, sights: Sights): Promise<Drawn> {
  const { description } = stage.network;
  const preference = await distributionOf(stage, input.preference, sights.plain);
  const { seed } = input;
  const main = { preference, count: description.latent.samples, seed, stream: STREAM.samples };
  const prior = {
    preference: priorPreference(description),
    count: PRIOR_SAMPLES,
    seed,
    stream: STREAM.tendency,
  };
  const compares = preference.answers > 0 && preference.engine === 'bayes';
  const [drawn, reference] = await drawSamples(stage, sights, compares ? [main, prior] : [main]);
  if (drawn === undefined) throw new RangeError('The head returned no samples; check the bundle.');
  const { samples, logits, quality } = drawn;
  return { samples, preference, prior: reference?.samples ?? samples, logits, quality };
}

async function distributionOf(
  stage: Stage,
  preference: Preference,
  conditioning: Conditioning,
): Promise<Preference> {
  const { network, signal } = stage;
  if (preference.engine !== 'reference' || network.distribution === undefined) return preference;
  signal?.throwIfAborted();
  const mixture = await network.distribution(conditioning, Float32Array.from(preference.mixture.weights));
  return { ...preference, mixture, responsibilities: preference.mixture.weights };
}

/** The same slice, input and crop give the same key. */
function roundKey(slice: string, input: RoundInput, crop: Crop): string {
  const { prompts, preference, seed } = input;
  const previous = input.previous === null ? '' : `${input.previous.area}:${digest(input.previous.runs)}`;
  const refined = input.refined
    ? `${cropKey(input.refined.crop)}:${digest(input.refined.quarterLogits)}`
    : '';
  return JSON.stringify([slice, cropKey(crop), prompts, previous, refined, preference, seed]);
}

/** FNV-1a: two masks that collide would also have to share prompts, preference and seed. */
function digest(values: Iterable<number>): number {
  let hash = 0x811c9dc5;
  for (const value of values) hash = Math.imul(hash ^ value, 0x01000193);
  return hash >>> 0;
}
