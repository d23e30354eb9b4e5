import { cropBox, toModel, toSlice, type Crop, type Grid, type PixelBox } from './crop';
import { forEachSpan, MaskBuilder, type Mask } from './mask';

/**
 * Maps between the model's grid ([S,S], row-major, over a crop) and the slice's own grid. The map's value at a slice pixel is
 * bilinear in model pixel coordinates; within half a model pixel of the crop's border the nearest value holds, outside the
 * crop there is only background.
 */
export interface CropMap {
  readonly size: number;
  readonly values: Float32Array;
  /** The value of the model pixel in which a position lies, instead of the bilinear one. Default false. */
  readonly nearest?: boolean;
}

/** The slice pixels at which the map lies above the threshold. */
export function thresholdOnSlice(map: CropMap, crop: Crop, grid: Grid, threshold: number): Mask {
  const builder = new MaskBuilder(grid.width, grid.height);
  const box = boxAbove(map, crop, grid, threshold);
  if (box === null) return builder.build();
  forEachRow(map, crop, grid, box, (row, y) => {
    let start = -1;
    for (let x = 0; x < box.width; x++) {
      const inside = (row[x] as number) > threshold;
      if (inside && start < 0) start = x;
      else if (!inside && start >= 0) {
        builder.add(y * grid.width + box.x + start, x - start);
        start = -1;
      }
    }
    if (start >= 0) builder.add(y * grid.width + box.x + start, box.width - start);
  });
  return builder.build();
}

/** The map's values on the slice's grid within `box`, row-major. */
export function valuesOnSlice(map: CropMap, crop: Crop, grid: Grid, box: PixelBox): Float32Array {
  const result = new Float32Array(box.width * box.height);
  forEachRow(map, crop, grid, box, (row, y) => result.set(row, (y - box.y) * box.width));
  return result;
}

/** The map's value at a position in model pixel coordinates, clamped to the map. */
export function valueAt(map: CropMap, u: number, v: number): number {
  const { size, values } = map;
  const column = tapOf(map, u);
  const row = tapOf(map, v);
  const at = row.first * size + column.first;
  const upper = mix(values[at] as number, values[at + column.step] as number, column.fraction);
  const below = at + row.step * size;
  const lower = mix(values[below] as number, values[below + column.step] as number, column.fraction);
  return mix(upper, lower, row.fraction);
}

/**
 * A mask of the slice on the model's grid: the share of each model pixel that it covers, exact under any scale (both grids are
 * axis-parallel). What of it lies outside the crop is lost.
 */
export function maskOnCrop(mask: Mask, crop: Crop, grid: Grid, size: number): Float32Array {
  const result = new Float32Array(size * size);
  const sideX = (size * grid.spacing.x) / crop.side;
  const sideY = (size * grid.spacing.y) / crop.side;
  const row = new Float32Array(size);
  forEachSpan(mask, (y, from, to) => {
    const left = toModel(crop, grid, size, { x: from, y });
    const begin = left.x + 0.5 - sideX / 2;
    const end = begin + (to - from + 1) * sideX;
    const top = left.y + 0.5 - sideY / 2;
    const first = Math.max(0, Math.floor(begin));
    const last = Math.min(size - 1, Math.ceil(end) - 1);
    for (let u = first; u <= last; u++) row[u] = Math.min(end, u + 1) - Math.max(begin, u);
    const lastRow = Math.min(size - 1, Math.ceil(top + sideY) - 1);
    for (let v = Math.max(0, Math.floor(top)); v <= lastRow; v++) {
      const height = Math.min(top + sideY, v + 1) - Math.max(top, v);
      for (let u = first; u <= last; u++) {
        const at = v * size + u;
        result[at] = (result[at] as number) + height * (row[u] as number);
      }
    }
  });
  for (let i = 0; i < result.length; i++) result[i] = Math.min(1, result[i] as number);
  return result;
}

/** The slice pixels that can lie above the threshold: nothing else needs a look, however large the slice is. */
function boxAbove(map: CropMap, crop: Crop, grid: Grid, threshold: number): PixelBox | null {
  const { size, values } = map;
  let left = size;
  let right = -1;
  let top = size;
  let bottom = -1;
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) {
      if ((values[v * size + u] as number) <= threshold) continue;
      if (u < left) left = u;
      if (u > right) right = u;
      if (v < top) top = v;
      bottom = v;
    }
  }
  const whole = cropBox(crop, grid);
  if (right < 0 || whole === null) return null;
  const from = toSlice(crop, grid, size, left - 1, top - 1);
  const to = toSlice(crop, grid, size, right + 1, bottom + 1);
  const x = Math.max(whole.x, Math.floor(from.x));
  const y = Math.max(whole.y, Math.floor(from.y));
  const endX = Math.min(whole.x + whole.width, Math.ceil(to.x) + 1);
  const endY = Math.min(whole.y + whole.height, Math.ceil(to.y) + 1);
  return endX <= x || endY <= y ? null : { x, y, width: endX - x, height: endY - y };
}

/** Visits the rows of `box` with the map's values on the slice's grid. The row is reused between calls. */
function forEachRow(
  map: CropMap,
  crop: Crop,
  grid: Grid,
  box: PixelBox,
  visit: (row: Float32Array, y: number) => void,
): void {
  const { size, values } = map;
  const first = new Int32Array(box.width);
  const second = new Int32Array(box.width);
  const fraction = new Float32Array(box.width);
  for (let x = 0; x < box.width; x++) {
    const tap = tapOf(map, toModel(crop, grid, size, { x: box.x + x, y: box.y }).x);
    first[x] = tap.first;
    second[x] = tap.first + tap.step;
    fraction[x] = tap.fraction;
  }
  const blended = new Float32Array(size);
  const row = new Float32Array(box.width);
  for (let y = box.y; y < box.y + box.height; y++) {
    const tap = tapOf(map, toModel(crop, grid, size, { x: box.x, y }).y);
    const above = tap.first * size;
    const below = above + tap.step * size;
    for (let u = 0; u < size; u++) {
      blended[u] = mix(values[above + u] as number, values[below + u] as number, tap.fraction);
    }
    for (let x = 0; x < box.width; x++) {
      row[x] = mix(
        blended[first[x] as number] as number,
        blended[second[x] as number] as number,
        fraction[x] as number,
      );
    }
    visit(row, y);
  }
}

function tapOf(
  { size, nearest }: CropMap,
  position: number,
): { first: number; step: 0 | 1; fraction: number } {
  const clamped = Math.min(size - 1, Math.max(0, position));
  if (nearest === true) return { first: Math.floor(clamped + 0.5), step: 0, fraction: 0 };
  const first = Math.floor(clamped);
  return { first, step: first < size - 1 ? 1 : 0, fraction: clamped - first };
}

function mix(a: number, b: number, fraction: number): number {
  return a + (b - a) * fraction;
}
