import { pixelAt, toModel, type Crop, type Grid } from '../image/crop';
import { thresholdOnSlice, valueAt, type CropMap } from '../image/crop-map';
import { containsPixel, decodeMask, encodeMask, type Mask } from '../image/mask';
import type { Hint } from './prompts';

/** Standard deviation of the local correction in model pixels, but never less than a slice pixel. */
const REACH = 2.5;
/** By how much the corrected value passes the threshold. */
const CLEARANCE = 0.15;
/** Corrections of neighbouring clicks disturb each other: a few rounds settle them. */
const PASSES = 3;

/**
 * The mask above the threshold with every clicked pixel on its side: where the map disagrees with a click it is raised or lowered
 * smoothly around it, just enough, so that the mask gains or loses a small round piece and not a lone pixel.
 * Of two contradicting clicks on one pixel the later one holds.
 */
export function obedientMask(
  map: CropMap,
  threshold: number,
  hints: readonly Hint[],
  crop: Crop,
  grid: Grid,
): Mask {
  const wanted = wantedPixels(hints, grid);
  let corrected = map;
  for (let pass = 0; pass < PASSES; pass++) {
    const mask = thresholdOnSlice(corrected, crop, grid, threshold);
    const wrong = wanted.filter(pixel => containsPixel(mask, pixel.x, pixel.y) !== pixel.inside);
    if (wrong.length === 0) return mask;
    const values = corrected.values.slice();
    for (const pixel of wrong) correctAround({ size: map.size, values }, pixel, threshold, crop, grid);
    corrected = { size: map.size, values };
  }
  return forcePixels(thresholdOnSlice(corrected, crop, grid, threshold), wanted);
}

/** Whether every point on the slice lies on its side of the mask. */
export function obeys(mask: Mask, hints: readonly Hint[], grid: Grid): boolean {
  return hints.every(({ at, positive }) => {
    const pixel = pixelAt(grid, at);
    return pixel === null || containsPixel(mask, pixel.x, pixel.y) === positive;
  });
}

interface WantedPixel {
  readonly x: number;
  readonly y: number;
  readonly inside: boolean;
}

function wantedPixels(hints: readonly Hint[], grid: Grid): WantedPixel[] {
  const byIndex = new Map<number, WantedPixel>();
  for (const hint of hints) {
    const pixel = pixelAt(grid, hint.at);
    if (pixel !== null) byIndex.set(pixel.y * grid.width + pixel.x, { ...pixel, inside: hint.positive });
  }
  return [...byIndex.values()];
}

/** Adds a Gaussian to the map, in place, so that its value at the pixel passes the threshold. */
function correctAround(map: CropMap, pixel: WantedPixel, threshold: number, crop: Crop, grid: Grid): void {
  const { size, values } = map;
  const at = toModel(crop, grid, size, pixel);
  const modelPixel = crop.side / size;
  const reach = Math.max(REACH, Math.max(grid.spacing.x, grid.spacing.y) / modelPixel);
  const bump = new Float32Array(values.length);
  const extent = Math.ceil(4 * reach);
  const rows = [
    Math.max(0, Math.floor(at.y) - extent),
    Math.min(size - 1, Math.ceil(at.y) + extent),
  ] as const;
  const columns = [
    Math.max(0, Math.floor(at.x) - extent),
    Math.min(size - 1, Math.ceil(at.x) + extent),
  ] as const;
  for (let v = rows[0]; v <= rows[1]; v++) {
    for (let u = columns[0]; u <= columns[1]; u++) {
      bump[v * size + u] = Math.exp(-((u - at.x) ** 2 + (v - at.y) ** 2) / (2 * reach * reach));
    }
  }
  const height = valueAt({ size, values: bump }, at.x, at.y);
  if (height <= 0) return;
  const goal = pixel.inside
    ? Math.min((1 + threshold) / 2, threshold + CLEARANCE)
    : Math.max(threshold / 2, threshold - CLEARANCE);
  const amplitude = (goal - valueAt(map, at.x, at.y)) / height;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) + amplitude * (bump[i] as number);
}

/** The last resort, for clicks side by side that contradict each other, and for clicks outside the crop. */
function forcePixels(mask: Mask, wanted: readonly WantedPixel[]): Mask {
  if (wanted.every(pixel => containsPixel(mask, pixel.x, pixel.y) === pixel.inside)) return mask;
  const pixels = decodeMask(mask);
  for (const pixel of wanted) pixels[pixel.y * mask.width + pixel.x] = pixel.inside ? 1 : 0;
  return encodeMask(pixels, mask.width, mask.height);
}
