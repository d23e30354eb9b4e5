import { encodeMask, type Mask } from '../../extension/src/core/image/mask';

/** A labelmap drawn as rows of digits; anything but digits separates rows. */
export function labelmap(...rows: readonly string[]): Uint8Array {
  return Uint8Array.from(rows.join('').split(''), Number);
}

/** A mask drawn as rows: `#` is inside. */
export function mask(...rows: readonly string[]): Mask {
  const pixels = rows
    .join('')
    .split('')
    .map(pixel => (pixel === '#' ? 1 : 0));
  return encodeMask(pixels, rows[0]?.length ?? 0, rows.length);
}
