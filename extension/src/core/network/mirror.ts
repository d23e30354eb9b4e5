/**
 * Samples from two sights of one field of view: as it is, and in the mirror. A network that training taught to see left and right alike errs
 * differently in the mirror, so that the mean over both errs less: most on what training never saw.
 */
import type { Conditioning, Decoded, Network } from './network';

export interface Sights {
  readonly plain: Conditioning;
  /** Null where the network is not asked for its mirror image. */
  readonly mirrored: Conditioning | null;
}

export function releaseSights({ plain, mirrored }: Sights): void {
  plain.release();
  mirrored?.release();
}

/** Left and right exchanged in every row of planes [..., size, size]. */
export function mirrorRows(values: Float32Array, size: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += size) {
    for (let i = 0; i < size; i++) result[row + i] = values[row + size - 1 - i] as number;
  }
  return result;
}

/** Masks of `latents` [N,D], all on the plain grid: every other one is drawn in the mirror, where there is one. */
export async function decodeSights(
  network: Network,
  { plain, mirrored }: Sights,
  latents: Float32Array,
): Promise<Decoded> {
  const { outputSize: size, latent } = network.description;
  // A single sample has no other.
  if (mirrored === null || latents.length <= latent.dimension) return network.decode(plain, latents);
  const even = await network.decode(plain, everyOther(latents, latent.dimension, 0));
  const odd = await network.decode(mirrored, everyOther(latents, latent.dimension, 1));
  const pixels = size * size;
  const logits = new Float32Array(even.logits.length + odd.logits.length);
  spread(even.logits, logits, pixels, 0);
  spread(mirrorRows(odd.logits, size), logits, pixels, 1);
  return { logits };
}

/** The rows first, first + 2, ... of [N,length]. */
function everyOther(values: Float32Array, length: number, first: number): Float32Array {
  return values.filter((_, i) => Math.floor(i / length) % 2 === first);
}

/** The inverse: writes rows to first, first + 2, ... */
function spread(rows: Float32Array, result: Float32Array, length: number, first: number): void {
  for (let n = 0; n * length < rows.length; n++) {
    result.set(rows.subarray(n * length, (n + 1) * length), (2 * n + first) * length);
  }
}
