/** Moves the border of what a map [S,S] shows above the threshold. */
export type BorderRule = (map: Float32Array, threshold: number) => Float32Array;

/** Steps in one direction that bring no gain, after which none is looked for. */
const PATIENCE = 2;

/**
 * The map [S,S] with the border of what it shows moved outwards by so many model pixels (inwards where negative): every pixel takes the
 * highest (lowest) value within reach. Steps to the four neighbours and to all eight take turns, which comes close to a disc.
 */
export function moveBorder(map: Float32Array, size: number, pixels: number): Float32Array {
  const outwards = pixels > 0;
  const whole = Math.floor(Math.abs(pixels));
  let values = map;
  for (let step = 0; step < whole; step++) values = stepped(values, size, outwards, step);
  const rest = Math.abs(pixels) - whole;
  if (rest === 0) return values;
  const next = stepped(values, size, outwards, whole);
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
    let values = map;
    let best = reached.get(0) ?? 0;
    for (let step = 0, vain = 0; vain < PATIENCE && step < size / 2; step++) {
      values = stepped(values, size, direction > 0, step);
      const dice = diceAbove(values, wanted, threshold);
      reached.set(direction * (step + 1), dice);
      vain = dice > best ? 0 : vain + 1;
      best = Math.max(best, dice);
    }
  }
  let nearest = 0;
  for (const [pixels, dice] of reached) if (dice > (reached.get(nearest) ?? 0)) nearest = pixels;
  return { pixels: nearest + betweenSteps(reached, nearest), dice: reached.get(nearest) ?? 0 };
}

/** Where between its neighbours the parabola through the best place and both has its top, -.5 to .5. */
function betweenSteps(reached: ReadonlyMap<number, number>, nearest: number): number {
  const top = reached.get(nearest) ?? 0;
  const before = reached.get(nearest - 1) ?? top;
  const after = reached.get(nearest + 1) ?? top;
  const bend = before + after - 2 * top;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0;
}

/** One step; every other one reaches the corners as well. What lies beyond the map is like its rim. */
function stepped(map: Float32Array, size: number, outwards: boolean, step: number): Float32Array {
  const corners = step % 2 === 1;
  const pick = outwards ? Math.max : Math.min;
  const result = new Float32Array(map.length);
  for (let v = 0; v < size; v++) {
    const above = Math.max(0, v - 1) * size;
    const here = v * size;
    const below = Math.min(size - 1, v + 1) * size;
    for (let u = 0; u < size; u++) {
      const left = Math.max(0, u - 1);
      const right = Math.min(size - 1, u + 1);
      const at = (index: number): number => map[index] as number;
      let value = pick(at(here + u), at(here + left), at(here + right), at(above + u), at(below + u));
      if (corners) {
        value = pick(value, at(above + left), at(above + right), at(below + left), at(below + right));
      }
      result[here + u] = value;
    }
  }
  return result;
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
