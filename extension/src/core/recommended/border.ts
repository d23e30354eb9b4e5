import { squaredDepth } from '../image/squared-depth';

/** Moves the border of what a map [S,S] shows above the threshold. */
export type BorderRule = (map: Float32Array, threshold: number) => Float32Array;

/** What a disc of pixels reaches beyond its radius: so it is roundest. */
const ROUNDING = 0.35;

/**
 * The map [S,S] with the border of what it shows moved outwards by so many model pixels (inwards where negative): every pixel takes the
 * highest (lowest) value in the disc around it.
 */
export function moveBorder(map: Float32Array, size: number, pixels: number): Float32Array {
  if (pixels < 0) return negative(moveBorder(negative(map), size, -pixels));
  const whole = Math.floor(pixels);
  const values = highestAround(map, size, whole);
  const rest = pixels - whole;
  if (rest === 0) return values;
  const next = highestAround(map, size, whole + 1);
  return values.map((value, i) => value + rest * ((next[i] as number) - value));
}

interface BorderOffset {
  /** By how many model pixels the border has to move, outwards positive. */
  readonly pixels: number;
  /** Dice that is reached then. */
  readonly dice: number;
}

/**
 * How the border of what the map shows above the threshold has to move to come nearest to `wanted` [S,S], 0..1: the same discs as in
 * `moveBorder`.
 */
export function borderOffset(
  map: Float32Array,
  wanted: Float32Array,
  size: number,
  threshold: number,
): BorderOffset {
  const farthest = Math.floor(size / 2);
  /** What the border passes on the way to each whole offset from the one before: pixels, and how many of them are wanted. */
  const pixels = new Float64Array(2 * farthest + 1);
  const hits = new Float64Array(2 * farthest + 1);
  offsetsOf(map, size, threshold).forEach((offset, i) => {
    const step = Math.max(-farthest, offset) + farthest;
    if (step >= pixels.length) return;
    pixels[step] = (pixels[step] as number) + 1;
    hits[step] = (hits[step] as number) + (wanted[i] as number);
  });
  const wantedSum = wanted.reduce((sum, value) => sum + value, 0);
  let area = 0;
  let both = 0;
  const reached = pixels.map((passed, step) => {
    area += passed;
    both += hits[step] as number;
    return area + wantedSum === 0 ? 0 : (2 * both) / (area + wantedSum);
  });
  let nearest = farthest;
  for (let step = 0; step < reached.length; step++) {
    const gain = (reached[step] as number) - (reached[nearest] as number);
    if (gain > 0 || (gain === 0 && Math.abs(step - farthest) < Math.abs(nearest - farthest))) nearest = step;
  }
  return { pixels: nearest - farthest + betweenSteps(reached, nearest), dice: reached[nearest] as number };
}

/** For each pixel the least whole offset of the border with which it is inside; far beyond the map where the map shows nothing. */
function offsetsOf(map: Float32Array, size: number, threshold: number): Float64Array {
  const inside = Uint8Array.from(map, value => (value > threshold ? 1 : 0));
  const outside = inside.map(value => 1 - value);
  const depth = squaredDepth(inside, size, size, 'as-rim');
  const height = squaredDepth(outside, size, size, 'as-rim');
  const discs = (squared: number): number => Math.ceil(Math.sqrt(squared) - ROUNDING);
  return depth.map((squared, i) => (squared > 0 ? 1 - discs(squared) : discs(height[i] as number)));
}

/** Where between its neighbours the parabola through the best place and both has its top, -.5 to .5. */
function betweenSteps(reached: Float64Array, nearest: number): number {
  const top = reached[nearest] as number;
  const before = reached[nearest - 1] ?? top;
  const after = reached[nearest + 1] ?? top;
  const bend = before + after - 2 * top;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0;
}

/** The highest value in a disc around each pixel: first along the rows for every width that the disc has, then down the columns. */
function highestAround(map: Float32Array, size: number, radius: number): Float32Array {
  if (radius === 0) return map;
  const alongRows = [map];
  for (let width = 1; width <= radius; width++) {
    alongRows.push(widened(alongRows[width - 1] as Float32Array, size));
  }
  const result = map.slice();
  for (let dy = -radius; dy <= radius; dy++) {
    const width = Math.floor(Math.sqrt((radius + ROUNDING) ** 2 - dy ** 2));
    const rows = alongRows[width] as Float32Array;
    const end = Math.min(size, size - dy) * size;
    for (let at = Math.max(0, -dy) * size; at < end; at++) {
      const value = rows[at + dy * size] as number;
      if (value > (result[at] as number)) result[at] = value;
    }
  }
  return result;
}

/** Each pixel with its neighbours in the row; what lies beyond the map is like its rim. */
function widened(map: Float32Array, size: number): Float32Array {
  const result = map.slice();
  for (let at = 0; at < map.length; at++) {
    const u = at % size;
    const value = map[at] as number;
    if (u > 0 && value > (result[at - 1] as number)) result[at - 1] = value;
    if (u < size - 1 && value > (result[at + 1] as number)) result[at + 1] = value;
  }
  return result;
}

function negative(map: Float32Array): Float32Array {
  return map.map(value => -value);
}
