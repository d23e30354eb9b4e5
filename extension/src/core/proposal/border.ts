/** Moves the border of what a map [S,S] shows above the threshold. */
export type BorderRule = (map: Float32Array, threshold: number) => Float32Array;

/** Radii in one direction that bring no gain, after which none is looked for. */
const PATIENCE = 2;
/** What a disc of pixels reaches beyond its radius: so it is roundest. */
const ROUNDING = 0.35;

/**
 * The map [S,S] with the border of what it shows moved outwards by so many model pixels (inwards where negative): every pixel takes the
 * highest (lowest) value in the disc around it.
 */
export function moveBorder(map: Float32Array, size: number, pixels: number): Float32Array {
  const outwards = pixels > 0;
  const whole = Math.floor(Math.abs(pixels));
  const values = extremesAround(map, size, whole, outwards);
  const rest = Math.abs(pixels) - whole;
  if (rest === 0) return values;
  const next = extremesAround(map, size, whole + 1, outwards);
  return values.map((value, i) => value + rest * ((next[i] as number) - value));
}

export interface BorderOffset {
  /** By how many model pixels the border has to move, outwards positive. */
  readonly pixels: number;
  /** Dice that is reached then. */
  readonly dice: number;
}

/** How the border of what the map shows above the threshold has to move to come nearest to `wanted` [S,S], 0..1. */
export function borderOffset(
  map: Float32Array,
  wanted: Float32Array,
  size: number,
  threshold: number,
): BorderOffset {
  const reached = new Map<number, number>([[0, diceAbove(map, wanted, threshold)]]);
  for (const direction of [1, -1]) {
    let best = reached.get(0) ?? 0;
    for (let radius = 1, vain = 0; vain < PATIENCE && radius < size / 2; radius++) {
      const dice = diceAbove(extremesAround(map, size, radius, direction > 0), wanted, threshold);
      reached.set(direction * radius, dice);
      vain = dice > best ? 0 : vain + 1;
      best = Math.max(best, dice);
    }
  }
  let nearest = 0;
  for (const [pixels, dice] of reached) if (dice > (reached.get(nearest) ?? 0)) nearest = pixels;
  return { pixels: nearest + betweenRadii(reached, nearest), dice: reached.get(nearest) ?? 0 };
}

/** Where between its neighbours the parabola through the best place and both has its top, -.5 to .5. */
function betweenRadii(reached: ReadonlyMap<number, number>, nearest: number): number {
  const top = reached.get(nearest) ?? 0;
  const before = reached.get(nearest - 1) ?? top;
  const after = reached.get(nearest + 1) ?? top;
  const bend = before + after - 2 * top;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0;
}

/** The highest (lowest) value in a disc around each pixel: first along the rows for every width that the disc has, then down the columns. */
function extremesAround(map: Float32Array, size: number, radius: number, highest: boolean): Float32Array {
  if (radius === 0) return map;
  const pick = highest ? Math.max : Math.min;
  const alongRows = [map];
  for (let width = 1; width <= radius; width++) {
    alongRows.push(widened(alongRows[width - 1] as Float32Array, size, pick));
  }
  const result = map.slice();
  for (let dy = -radius; dy <= radius; dy++) {
    const width = Math.floor(Math.sqrt((radius + ROUNDING) ** 2 - dy ** 2));
    const rows = alongRows[width] as Float32Array;
    for (let v = Math.max(0, -dy); v < Math.min(size, size - dy); v++) {
      for (let u = 0; u < size; u++) {
        const at = v * size + u;
        result[at] = pick(result[at] as number, rows[at + dy * size] as number);
      }
    }
  }
  return result;
}

/** Each pixel with its neighbours in the row; what lies beyond the map is like its rim. */
function widened(map: Float32Array, size: number, pick: (...values: number[]) => number): Float32Array {
  return map.map((value, i) => {
    const u = i % size;
    const left = map[u > 0 ? i - 1 : i] as number;
    const right = map[u < size - 1 ? i + 1 : i] as number;
    return pick(value, left, right);
  });
}

function diceAbove(map: Float32Array, wanted: Float32Array, threshold: number): number {
  let both = 0;
  let total = 0;
  for (let i = 0; i < map.length; i++) {
    const inside = (map[i] as number) > threshold ? 1 : 0;
    both += inside * (wanted[i] as number);
    total += inside + (wanted[i] as number);
  }
  return total === 0 ? 0 : (2 * both) / total;
}
