import { withRegion } from '../prompts/anchors';
import { componentsAt, connectedComponents } from '../image/components';
import { tidyMap } from './tidy';
import { meanMap, sampleMap, type Samples } from '../network/samples';
import type { Point } from '../image/slice';

/** Below this even the most willing samples see nothing at the prompt. */
const NOTHING = 0.05;
/** Share of the samples, the most willing at the prompt, that are asked when the mean sees nothing there. */
const WILLING = 1 / 6;

/**
 * What the mask on which the user builds counts against the samples' mean: the user took it for the best so far. On LIDC .3 raises
 * Dice after two answers by .010 and after five by .016.
 */
const PREVIOUS_SHARE = 0.3;
/**
 * Where the last prompt corrects that mask it counts nothing up to this share of the mask's half extent from the prompt, and from there on
 * more and more: a click mends its surroundings, and the border at the other end stays. On LIDC that halves the changed pixels at the other
 * end (23 to 12 %) and raises Dice after two answers by .003.
 */
const MENDED_REACH = 0.5;
/** Over so many half extents more it reaches its whole share. */
const FADE = 1;
/** Half the extent of a small mask at least, in model pixels. */
const SMALLEST_HALF = 4;

/** The mask on which the user builds, on the crop. */
export interface PreviousMask {
  /** [S,S], 0..1. */
  readonly map: Float32Array;
  /** Where the last prompt contradicts it, in model pixels: it is known to be wrong there. Null where the prompt agrees with it. */
  readonly correctedAt: Point | null;
}

export interface Recommendation {
  /** Mean probability of the samples asked, with the previous mask, [S,S]. */
  readonly mean: Float32Array;
  /** The same, reduced to the structure at the prompts. */
  readonly tidy: Float32Array;
  /** Above it lies the recommended mask. */
  readonly threshold: number;
}

/**
 * The samples' mean probability, reduced to what belongs to the prompts (`anchors`) or to the previous mask. Where the mean stays
 * below the threshold at the prompts, the samples most willing there are asked, with a threshold that fits what they say; null if
 * not even they see anything.
 */
export function recommend(
  samples: Samples,
  threshold: number,
  anchors: Uint8Array,
  previous: PreviousMask | null,
): Recommendation | null {
  const { size } = samples;
  const mean = withPrevious(meanMap(samples), size, previous);
  const wanted = previous === null ? anchors : withRegion(anchors, previous.map, 0.5);
  if (!wanted.includes(1) || foundAt(mean, size, threshold, wanted)) {
    return { mean, tidy: tidyMap(mean, size, threshold, wanted), threshold };
  }
  const willing = willingSamples(samples, wanted);
  const lower = Math.min(threshold, highest(willing, wanted) / 2);
  if (lower < NOTHING / 2) return null;
  return { mean: willing, tidy: tidyMap(willing, size, lower, wanted), threshold: lower };
}

function withPrevious(mean: Float32Array, size: number, previous: PreviousMask | null): Float32Array {
  if (previous === null) return mean;
  const { map, correctedAt } = previous;
  const trust = correctedAt === null ? () => 1 : trustBeyond(correctedAt, map, size);
  return mean.map((p, i) => {
    const share = PREVIOUS_SHARE * trust(i);
    return (1 - share) * p + share * (map[i] as number);
  });
}

/** How far a mask that was corrected at a point still holds at pixel i: 0 around the point, 1 at the mask's other end. */
function trustBeyond({ x, y }: Point, map: Float32Array, size: number): (i: number) => number {
  const half = Math.max(SMALLEST_HALF, halfExtent(map, size));
  return i => {
    const distance = Math.hypot((i % size) - x, Math.floor(i / size) - y);
    return Math.min(1, Math.max(0, (distance / half - MENDED_REACH) / FADE));
  };
}

/** Half the larger side of the bounding box of what a map shows, in model pixels; 0 where it shows nothing. */
function halfExtent(map: Float32Array, size: number): number {
  let [left, right, top, bottom] = [size, -1, size, -1];
  map.forEach((p, i) => {
    if (p <= 0.5) return;
    const u = i % size;
    const v = Math.floor(i / size);
    left = Math.min(left, u);
    right = Math.max(right, u);
    top = Math.min(top, v);
    bottom = Math.max(bottom, v);
  });
  return Math.max(0, right - left + 1, bottom - top + 1) / 2;
}

function foundAt(map: Float32Array, size: number, threshold: number, anchors: Uint8Array): boolean {
  return componentsAt(connectedComponents(map, size, threshold), anchors).length > 0;
}

/** Mean of the samples that give the anchors the highest probability. */
function willingSamples(samples: Samples, anchors: Uint8Array): Float32Array {
  const order = Array.from({ length: samples.count }, (_, n) => ({
    n,
    p: highest(sampleMap(samples, n), anchors),
  }));
  order.sort((a, b) => b.p - a.p || a.n - b.n);
  const members = order.slice(0, Math.max(1, Math.ceil(samples.count * WILLING))).map(entry => entry.n);
  return meanMap(samples, members);
}

function highest(map: Float32Array, anchors: Uint8Array): number {
  let value = 0;
  anchors.forEach((anchor, i) => {
    if (anchor !== 0) value = Math.max(value, map[i] as number);
  });
  return value;
}
