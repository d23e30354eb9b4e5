/**
 * A binary mask on the slice's own grid, run-length encoded so that an unlimited history stays small.
 * Immutable plain data: it can be posted to a worker and compared.
 */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** Pairs (start, length) over row-major pixel indices, ascending, not touching. */
  readonly runs: Uint32Array;
  /** Number of pixels in the mask. */
  readonly area: number;
}

/** Inclusive pixel bounds. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** `pixels`: row-major, `width * height`, anything but 0 is inside. */
export function encodeMask(pixels: ArrayLike<number>, width: number, height: number): Mask {
  const builder = new MaskBuilder(width, height);
  const count = width * height;
  let start = -1;
  for (let i = 0; i < count; i++) {
    const inside = pixels[i] !== 0;
    if (inside && start < 0) start = i;
    else if (!inside && start >= 0) {
      builder.add(start, i - start);
      start = -1;
    }
  }
  if (start >= 0) builder.add(start, count - start);
  return builder.build();
}

/** Row-major, `width * height`, 1 inside. */
export function decodeMask(mask: Mask): Uint8Array {
  const pixels = new Uint8Array(mask.width * mask.height);
  for (let i = 0; i < mask.runs.length; i += 2) {
    const start = mask.runs[i] as number;
    pixels.fill(1, start, start + (mask.runs[i + 1] as number));
  }
  return pixels;
}

/** The pixels of the mask within `box`, which may reach beyond the image: row-major over the box, 1 inside. */
export function decodeWithin(mask: Mask, box: Bounds): Uint8Array {
  const width = box.right - box.left + 1;
  const pixels = new Uint8Array(width * (box.bottom - box.top + 1));
  forEachSpan(mask, (y, from, to) => {
    if (y < box.top || y > box.bottom) return;
    const row = (y - box.top) * width - box.left;
    const [first, last] = [Math.max(from, box.left), Math.min(to, box.right)];
    if (first <= last) pixels.fill(1, row + first, row + last + 1);
  });
  return pixels;
}

/** Null for an empty mask. */
export function boundsOf(mask: Mask): Bounds | null {
  if (mask.area === 0) return null;
  let left = mask.width;
  let right = -1;
  let top = mask.height;
  let bottom = -1;
  forEachSpan(mask, (y, from, to) => {
    if (from < left) left = from;
    if (to > right) right = to;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  });
  return { left, top, right, bottom };
}

/** Around all of the masks; null where all are empty. */
export function jointBounds(masks: readonly Mask[]): Bounds | null {
  const bounds = masks.map(boundsOf).filter(each => each !== null);
  if (bounds.length === 0) return null;
  return {
    left: Math.min(...bounds.map(each => each.left)),
    top: Math.min(...bounds.map(each => each.top)),
    right: Math.max(...bounds.map(each => each.right)),
    bottom: Math.max(...bounds.map(each => each.bottom)),
  };
}

/** Calls back for every horizontal span of the mask, top to bottom: row, first and last column (inclusive). */
export function forEachSpan(mask: Mask, visit: (y: number, from: number, to: number) => void): void {
  const { width, runs } = mask;
  for (let i = 0; i < runs.length; i += 2) {
    let start = runs[i] as number;
    const end = start + (runs[i + 1] as number);
    while (start < end) {
      const y = Math.floor(start / width);
      const rowEnd = Math.min(end, (y + 1) * width);
      visit(y, start - y * width, rowEnd - 1 - y * width);
      start = rowEnd;
    }
  }
}

/** Whether the pixel (integer coordinates) is in the mask; false outside the image. */
export function containsPixel(mask: Mask, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= mask.width || y >= mask.height) return false;
  const index = y * mask.width + x;
  const { runs } = mask;
  let low = 0;
  let high = runs.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[2 * middle] as number) <= index) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return false;
  return index < (runs[2 * low - 2] as number) + (runs[2 * low - 1] as number);
}

/** Number of pixels in both; the masks are of one size. */
export function intersectionArea(a: Mask, b: Mask): number {
  let i = 0;
  let j = 0;
  let area = 0;
  while (i < a.runs.length && j < b.runs.length) {
    const startA = a.runs[i] as number;
    const endA = startA + (a.runs[i + 1] as number);
    const startB = b.runs[j] as number;
    const endB = startB + (b.runs[j + 1] as number);
    area += Math.max(0, Math.min(endA, endB) - Math.max(startA, startB));
    if (endA < endB) i += 2;
    else j += 2;
  }
  return area;
}

/** Intersection over union; two empty masks are alike (1). */
export function intersectionOverUnion(a: Mask, b: Mask): number {
  const common = intersectionArea(a, b);
  const union = a.area + b.area - common;
  return union === 0 ? 1 : common / union;
}

/** Dice coefficient; two empty masks are alike (1). */
export function dice(a: Mask, b: Mask): number {
  const total = a.area + b.area;
  return total === 0 ? 1 : (2 * intersectionArea(a, b)) / total;
}

/** Collects runs in ascending order and joins those that touch. */
export class MaskBuilder {
  private readonly runs: number[] = [];
  private area = 0;

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** Adds `length` pixels from row-major index `start`, which must not lie before the last run's end. */
  add(start: number, length: number): void {
    if (length <= 0) return;
    this.area += length;
    const last = this.runs.length - 2;
    if (last >= 0 && (this.runs[last] as number) + (this.runs[last + 1] as number) === start) {
      this.runs[last + 1] = (this.runs[last + 1] as number) + length;
    } else this.runs.push(start, length);
  }

  build(): Mask {
    return { width: this.width, height: this.height, runs: Uint32Array.from(this.runs), area: this.area };
  }
}
