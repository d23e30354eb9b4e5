import { encodeMask, type Mask } from '../extension/src/core/image/mask';
import type { Region } from '../extension/src/core/image/regions';

/** A grid drawn in text: '.' is 0, '#' is 1, a digit itself. */
export function grid(...rows: readonly string[]): Region {
  const width = rows[0]?.length ?? 0;
  const pixels = Uint8Array.from(rows.join(''), sign => (sign === '#' ? 1 : sign === '.' ? 0 : Number(sign)));
  return { width, height: rows.length, pixels };
}

export function mask(...rows: readonly string[]): Mask {
  const { width, height, pixels } = grid(...rows);
  return encodeMask(pixels, width, height);
}
