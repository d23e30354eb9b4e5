import { containsPixel, forEachSpan, type Mask } from '../../core/image/mask';
import type { DrawnAnew } from './drawn-anew';

/** What a merge changed: enough to take it back and to make it again. */
export interface LabelmapChange {
  /** Row-major pixel indices. */
  readonly pixels: Uint32Array;
  /** Label of each of them before ... */
  readonly before: Uint8Array | Uint16Array;
  /** ... and after it. */
  readonly after: Uint8Array | Uint16Array;
}

/**
 * Adds `mask` to the segment `label` of a slice's labelmap (row-major, of the mask's size), in place. As the host's brush does it: pixels
 * that the segment has already stay, those of other segments are taken over, those of locked segments are left alone. Where it takes the
 * place of earlier masks of the same structure (`replaced`), what it leaves out of them goes, but for what is in `others`, to the segment that
 * `leaveTo` names; 0 is none.
 */
export function mergeMask(
  labelmap: Uint8Array | Uint16Array,
  mask: Mask,
  label: number,
  isLocked: (label: number) => boolean,
  { replaced, others }: DrawnAnew = { replaced: [], others: [] },
  leaveTo: (pixel: number) => number = () => 0,
): LabelmapChange {
  const pixels: number[] = [];
  const before: number[] = [];
  const after: number[] = [];
  const write = (i: number, to: number): void => {
    pixels.push(i);
    before.push(labelmap[i] as number);
    after.push(to);
    labelmap[i] = to;
  };
  const kept = [mask, ...others];
  for (const drawing of replaced) {
    forEachSpan(drawing, (y, from, to) => {
      for (let x = from; x <= to; x++) {
        const i = y * mask.width + x;
        if (labelmap[i] === label && !kept.some(each => containsPixel(each, x, y))) write(i, leaveTo(i));
      }
    });
  }
  forEachSpan(mask, (y, from, to) => {
    for (let i = y * mask.width + from; i <= y * mask.width + to; i++) {
      const present = labelmap[i] as number;
      if (present !== label && (present === 0 || !isLocked(present))) write(i, label);
    }
  });
  const Labels = labelmap instanceof Uint16Array ? Uint16Array : Uint8Array;
  return { pixels: Uint32Array.from(pixels), before: Labels.from(before), after: Labels.from(after) };
}

/** To which segment each pixel belonged before it was written into the segment `label` last; 0 is none. */
export function ownersBefore(label: number, earlier: readonly LabelmapChange[]): ReadonlyMap<number, number> {
  const owners = new Map<number, number>();
  for (const { pixels, before, after } of earlier) {
    pixels.forEach((pixel, i) => {
      if (after[i] === label) owners.set(pixel, before[i] as number);
    });
  }
  return owners;
}

/**
 * Puts back what was there before a merge, but for pixels that have changed since: not all that writes into a labelmap is a step of the viewer's
 * history (its interpolation between slices is none).
 */
export function undoMerge(
  labelmap: Uint8Array | Uint16Array,
  { pixels, before, after }: LabelmapChange,
): void {
  exchange(labelmap, pixels, after, before);
}

export function redoMerge(
  labelmap: Uint8Array | Uint16Array,
  { pixels, before, after }: LabelmapChange,
): void {
  exchange(labelmap, pixels, before, after);
}

function exchange(
  labelmap: Uint8Array | Uint16Array,
  pixels: Uint32Array,
  from: Uint8Array | Uint16Array,
  to: Uint8Array | Uint16Array,
): void {
  pixels.forEach((pixel, i) => {
    if (labelmap[pixel] === from[i]) labelmap[pixel] = to[i] as number;
  });
}
