import { promptAnchors } from '../prompts/anchors';
import type { Look } from './choose-look';
import { componentsAt, connectedComponents } from '../image/components';
import type { Crop, Grid } from '../image/crop';
import { thresholdOnSlice } from '../image/crop-map';
import { mirrorRows } from '../network/mirror';
import type { MapNetworkDescription } from '../network/network';
import type { Prompt } from '../prompts/prompts';
import type { RoundInput } from '../sampling/round-input';
import { meanMap } from '../network/samples';
import { conditioningOf, drawSamples, STREAM, type Stage } from '../sampling/stages';

/** Enough to find the structure, not to draw it. */
const SAMPLES = 8;

/** What a few samples show in one crop. */
export interface Glance {
  readonly crop: Crop;
  /** [S,S], their mean. */
  readonly mean: Float32Array;
}

export async function glanceAt(
  stage: Stage,
  crop: Crop,
  input: RoundInput,
  { outputSize: size }: MapNetworkDescription,
  mirrored = false,
): Promise<Glance> {
  const conditioning = await conditioningOf(stage, crop, input, mirrored);
  try {
    const wanted = { preference: input.preference, count: SAMPLES, seed: input.seed, stream: STREAM.look };
    const [batch] = await drawSamples(stage, { plain: conditioning, mirrored: null }, [wanted]);
    if (batch === undefined) throw new RangeError('The head returned no samples; check the bundle.');
    const mean = meanMap(batch.samples);
    return { crop, mean: mirrored ? mirrorRows(mean, size) : mean };
  } finally {
    conditioning.release();
  }
}

/** The same glance, with what its mirror image shows. */
export async function withMirrorImage(
  stage: Stage,
  { crop, mean }: Glance,
  input: RoundInput,
  description: MapNetworkDescription,
): Promise<Glance> {
  const mirrored = await glanceAt(stage, crop, input, description, true);
  return { crop, mean: mean.map((value, i) => (value + (mirrored.mean[i] as number)) / 2) };
}

/** The structure that it shows at the prompts; null where it shows none. */
export function lookOf(
  { crop, mean }: Glance,
  prompts: readonly Prompt[],
  grid: Grid,
  { outputSize: size, threshold }: MapNetworkDescription,
): Look | null {
  // Seen from afar a nodule and a piece of the pleura may share a corner: on the slice they are two.
  const found = connectedComponents(mean, size, threshold, 'over-edges');
  const parts = componentsAt(found, promptAnchors(prompts, crop, grid, size));
  if (parts.length === 0) return null;
  const kept = new Set(parts.map(part => part.label));
  const values = mean.map((value, i) => (kept.has(found.labels[i] as number) ? value : 0));
  const mask = thresholdOnSlice({ size, values }, crop, grid, threshold);
  if (mask.area === 0) return null;
  const across = Math.max(...parts.map(part => part.right)) - Math.min(...parts.map(part => part.left));
  const down = Math.max(...parts.map(part => part.bottom)) - Math.min(...parts.map(part => part.top));
  return { crop, mask, share: (Math.max(across, down) + 1) / size };
}
