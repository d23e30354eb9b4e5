import { encodeMask, type Mask } from '../extension/src/core/image/mask';
import type { Region } from '../extension/src/core/image/regions';

/** Labels drawn in text: '.' is 0, '#' is 1, a digit itself. */
export function labelmap(...rows: readonly string[]): Uint8Array {
  return Uint8Array.from(rows.join(''), sign => (sign === '#' ? 1 : sign === '.' ? 0 : Number(sign)));
}

export function grid(...rows: readonly string[]): Region {
  return { width: rows[0]?.length ?? 0, height: rows.length, pixels: labelmap(...rows) };
}

export function mask(...rows: readonly string[]): Mask {
  const { width, height, pixels } = grid(...rows);
  return encodeMask(pixels, width, height);
}
