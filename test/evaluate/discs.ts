import { npzFile } from './npz-file';

/** Images of 32 x 32 with a disc that two readers draw larger or smaller, and a text for each in `texts`. */
export function discs(count: number, texts: Readonly<Record<string, readonly string[]>> = {}): Uint8Array {
  const size = 32;
  const image = new Uint8Array(count * size * size);
  const bits = new Uint8Array((count * 2 * size * size) / 8);
  for (let n = 0; n < count; n++) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const distance = Math.hypot(x - 12 - n, y - 16);
        image[(n * size + y) * size + x] = distance < 7 ? 200 : 50;
        [6, 8].forEach((radius, reader) => {
          const bit = ((n * 2 + reader) * size + y) * size + x;
          if (distance < radius) bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (128 >> (bit & 7));
        });
      }
    }
  }
  return npzFile({
    image: { shape: [count, size, size], data: image },
    masks_packed: { shape: [count, (2 * size * size) / 8], data: bits },
    patient: { shape: [count], data: Array.from({ length: count }, (_, n) => `p${Math.max(1, n)}`) },
    ...Object.fromEntries(
      Object.entries(texts).map(([name, entries]) => [name, { shape: [count], data: entries }]),
    ),
  });
}
