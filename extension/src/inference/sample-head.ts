import type { LatentDescription } from '../core/network/network';
import type { Graphs } from './graphs';
import type { Tensors } from './runtime';

/**
 * Logits [N, L, L] of as many latents [N, D], by the graph `head`: as many at a time as suit the runtime. `held` are its other inputs; the
 * logits are divided by the temperature.
 */
export async function decodeLatents(
  graphs: Graphs<'head'>,
  held: Tensors,
  latents: Float32Array,
  { latent, outputSize }: { readonly latent: LatentDescription; readonly outputSize: number },
  temperature: number,
): Promise<Float32Array> {
  const { dimension } = latent;
  const { portion } = graphs.runtime;
  const pixels = outputSize * outputSize;
  const count = latents.length / dimension;
  const all = new Float32Array(count * pixels);
  for (let from = 0; from < count; from += portion) {
    const to = Math.min(count, from + portion);
    const data = latents.subarray(from * dimension, to * dimension);
    const added = { latents: { data, dims: [to - from, dimension] } };
    const { logits } = await graphs.read('head', held, added, { logits: (to - from) * pixels });
    all.set(logits, from * pixels);
  }
  if (temperature !== 1) for (let i = 0; i < all.length; i++) all[i] = (all[i] ?? 0) / temperature;
  return all;
}
