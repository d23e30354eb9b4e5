import { forEachSpan, type Mask } from '../../core/image/mask';

/** What a merge changed: enough to take it back and to make it again. */
export interface LabelmapChange {
  /** Row-major pixel indices, ascending. */
  readonly pixels: Uint32Array;
  /** Label of each of them before. */
  readonly before: Uint8Array | Uint16Array;
  readonly label: number;
}

/**
 * Adds `mask` to the segment `label` of a slice's labelmap (row-major, of the mask's size), in place. As the host's brush does it: pixels
 * that the segment has already stay, those of other segments are taken over, those of locked segments are left alone.
 */
export function mergeMask(
  labelmap: Uint8Array | Uint16Array,
  mask: Mask,
  label: number,
  isLocked: (label: number) => boolean,
): LabelmapChange {
  const pixels: number[] = [];
  const before: number[] = [];
  forEachSpan(mask, (y, from, to) => {
    for (let i = y * mask.width + from; i <= y * mask.width + to; i++) {
      const present = labelmap[i] as number;
      if (present === label || (present !== 0 && isLocked(present))) continue;
      pixels.push(i);
      before.push(present);
      labelmap[i] = label;
    }
  });
  const Labels = labelmap instanceof Uint16Array ? Uint16Array : Uint8Array;
  return { pixels: Uint32Array.from(pixels), before: Labels.from(before), label };
}

/** Puts back what was there before a merge. */
export function undoMerge(labelmap: Uint8Array | Uint16Array, change: LabelmapChange): void {
  change.pixels.forEach((pixel, i) => {
    labelmap[pixel] = change.before[i] as number;
  });
}

export function redoMerge(labelmap: Uint8Array | Uint16Array, change: LabelmapChange): void {
  for (const pixel of change.pixels) labelmap[pixel] = change.label;
}
