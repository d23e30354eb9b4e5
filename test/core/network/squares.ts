import type { Samples } from '../../../extension/src/core/network/samples';

/** Side of their maps. */
export const size = 20;

/** Squares in the corner with the given side and probability, and far from it a blob of its own. */
export function samplesOf(squares: readonly { side: number; p: number }[], far = 0): Samples {
  const probabilities = new Float32Array(squares.length * size * size);
  squares.forEach(({ side, p }, n) => {
    for (let i = 0; i < size * size; i++) {
      const u = i % size;
      const v = Math.floor(i / size);
      probabilities[n * size * size + i] = u < side && v < side ? p : u > 16 && v > 16 ? far : 0;
    }
  });
  return { count: squares.length, size, dimension: 0, latents: new Float32Array(0), probabilities };
}
