/**
 * Several overlapping masks in one labelmap, so that the outlines of all show. Cornerstone draws a pixel of an outline where a label meets
 * another one. So every combination of masks is a region with a label of its own; but then a border between two regions is drawn on both
 * of its sides, a line twice as wide. Hence regions that do not touch each other share the label `silent`, which draws none: a border of
 * a silent region is drawn on its other side alone.
 */
import { forEachSpan, jointBounds, type Bounds, type Mask } from '../../core/image/mask';

export interface RegionLabels {
  /** Drawn without an outline. */
  readonly silent: number;
  /** The first of as many as there are combinations of masks: `2 ** masks - 1`. */
  readonly first: number;
}

/** Writes the regions of `masks` (at most eight) into a labelmap of their grid, row-major, all 0 before. */
export function paintRegions(pixels: Uint8Array, masks: readonly Mask[], labels: RegionLabels): void {
  const regions = regionsOf(masks);
  if (regions === null) return;
  const silent = silentOnes(regions.borders, regions.count);
  const label = Uint8Array.from({ length: regions.count }, (_, combination) =>
    silent.has(combination) ? labels.silent : labels.first + combination - 1,
  );
  label[0] = 0;
  const { combinations, box, width, height } = regions;
  const imageWidth = masks[0]?.width ?? 0;
  for (let y = 0; y < height; y++) {
    const row = (box.top + y) * imageWidth + box.left;
    for (let x = 0; x < width; x++) {
      pixels[row + x] = label[combinations[y * width + x] as number] as number;
    }
  }
}

/**
 * Shares masks out to two labelmaps, such that as little as possible of any border has to be drawn on both sides: where masks touch each
 * other's borders, not all regions between them can be silent.
 */
export function shareOut(masks: readonly Mask[]): readonly [readonly Mask[], readonly Mask[]] {
  const regions = regionsOf(masks);
  const all = (1 << masks.length) - 1;
  let best = all;
  let least = Infinity;
  // The first mask is in the first labelmap: the other half are the same shares, exchanged.
  for (let share = all; regions !== null && share > 0; share -= 2) {
    const doubled =
      doubledLength(regions.borders, regions.count, share) +
      doubledLength(regions.borders, regions.count, all & ~share);
    if (doubled < least) [best, least] = [share, doubled];
  }
  const isIn = (share: number) => (_: Mask, bit: number) => (share & (1 << bit)) !== 0;
  return [masks.filter(isIn(best)), masks.filter(isIn(all & ~best))];
}

interface Regions {
  readonly box: Bounds;
  readonly width: number;
  readonly height: number;
  /** Bit set of the masks that hold a pixel: row-major over the box. */
  readonly combinations: Uint8Array;
  readonly count: number;
  /** How many pixel edges lie between each two combinations: symmetric, `count * count`, nothing on the diagonal. */
  readonly borders: Uint32Array;
}

/** Null if all masks are empty. */
function regionsOf(masks: readonly Mask[]): Regions | null {
  const box = jointBounds(masks);
  if (box === null) return null;
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  const combinations = new Uint8Array(width * height);
  masks.forEach((mask, bit) => {
    forEachSpan(mask, (y, from, to) => {
      const row = (y - box.top) * width - box.left;
      for (let i = row + from; i <= row + to; i++) combinations[i] = (combinations[i] as number) | (1 << bit);
    });
  });
  const count = 1 << masks.length;
  return { box, width, height, combinations, count, borders: bordersOf(combinations, width, height, count) };
}

function bordersOf(combinations: Uint8Array, width: number, height: number, count: number): Uint32Array {
  const borders = new Uint32Array(count * count);
  const meet = (a: number, b: number): void => {
    if (a === b) return;
    borders[a * count + b] = (borders[a * count + b] as number) + 1;
    borders[b * count + a] = (borders[b * count + a] as number) + 1;
  };
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x <= width; x++) {
      const at = y * width + x;
      const here = x < width && y < height ? (combinations[at] as number) : 0;
      if (y < height) meet(here, x > 0 ? (combinations[at - 1] as number) : 0);
      if (x < width) meet(here, y > 0 ? (combinations[at - width] as number) : 0);
    }
  }
  return borders;
}

/** Those with the longest borders, as far as they touch neither each other nor the background, which draws nothing anyway. */
function silentOnes(borders: Uint32Array, count: number): ReadonlySet<number> {
  const total = (one: number): number =>
    borders.subarray(one * count, (one + 1) * count).reduce((sum, length) => sum + length, 0);
  const longestFirst = Array.from({ length: count - 1 }, (_, i) => i + 1).sort((a, b) => total(b) - total(a));
  const silent = new Set([0]);
  for (const one of longestFirst) {
    if ([...silent].every(other => borders[one * count + other] === 0)) silent.add(one);
  }
  return silent;
}

/** Length of the borders that are drawn on both sides in a labelmap of the masks in `share`. */
function doubledLength(borders: Uint32Array, count: number, share: number): number {
  const projected = new Uint32Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const [one, other] = [a & share, b & share];
      if (one === other) continue;
      const at = one * count + other;
      projected[at] = (projected[at] as number) + (borders[a * count + b] as number);
    }
  }
  const silent = silentOnes(projected, count);
  return projected.reduce(
    (sum, length, at) =>
      silent.has(Math.floor(at / count)) || silent.has(at % count) ? sum : sum + length / 2,
    0,
  );
}
