import type { Colours, Rgb } from './colours';
import { imageExtent, toSlice, type Crop, type Grid } from './crop';
import { greyCrop } from './image-tensor';
import { boundsOf, decodeWithin, jointBounds, type Mask } from './mask';
import type { Slice } from './slice';

export interface ThumbnailRequest {
  readonly slice: Slice;
  /** Same for all cards of a proposal: `thumbnailCrop`. */
  readonly crop: Crop;
  /** Side in device pixels. */
  readonly size: number;
  readonly recommended: Mask;
  /** Null draws the recommended mask itself. */
  readonly candidate: Mask | null;
  readonly colours: Colours;
}

/** Of the candidate's own border. */
const OUTLINE_COLOUR: Rgb = [255, 255, 255];
const FILL = { recommended: 0.45, adds: 0.6, removes: 0.6 } as const;
/** Width of the outline as a share of the thumbnail's side; never thinner than a device pixel. */
const OUTLINE = 0.009;
/** Room around the masks, as a share of their extent. */
const ROOM = 0.35;
/** A tiny mask is not enlarged beyond this many slice pixels a side: it would be a few blurred squares. */
const SMALLEST_PIXELS = 24;

/** The display crop around all masks of a proposal: tight, so that differences are visible. `fallback` if all are empty. */
export function thumbnailCrop(masks: readonly Mask[], grid: Grid, fallback: Crop): Crop {
  const bounds = jointBounds(masks);
  if (bounds === null) return fallback;
  const { left, top, right, bottom } = bounds;
  const extent = Math.max((right - left + 1) * grid.spacing.x, (bottom - top + 1) * grid.spacing.y);
  const smallest = SMALLEST_PIXELS * Math.min(grid.spacing.x, grid.spacing.y);
  const image = imageExtent(grid);
  const side = Math.min(Math.max(extent * (1 + ROOM), smallest), Math.max(image.x, image.y));
  return { centre: { x: (left + right) / 2, y: (top + bottom) / 2 }, side };
}

/**
 * RGBA, row-major, `size * size * 4` bytes, opaque. The recommended card shows its mask filled; a candidate's card shows what it adds
 * and removes against the recommended mask, and its own thin border.
 */
export function renderThumbnail(request: ThumbnailRequest): Uint8ClampedArray {
  const { slice, crop, size, recommended, candidate, colours } = request;
  const rgba = greyPicture(greyCrop(slice, crop, size));
  const base = coverage(recommended, crop, slice, size);
  if (candidate === null) {
    paint(rgba, base, colours.recommended, FILL.recommended);
    paint(rgba, border(base, size), colours.recommended, 1);
    return rgba;
  }
  const own = coverage(candidate, crop, slice, size);
  const adds = own.map((value, i) => Math.max(0, value - (base[i] as number)));
  const removes = base.map((value, i) => Math.max(0, value - (own[i] as number)));
  paint(rgba, adds, colours.adds, FILL.adds);
  paint(rgba, removes, colours.removes, FILL.removes);
  paint(rgba, border(own, size), OUTLINE_COLOUR, 0.95);
  return rgba;
}

function greyPicture(grey: Float32Array): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(grey.length * 4);
  for (let i = 0; i < grey.length; i++) {
    const value = (grey[i] as number) * 255;
    rgba[4 * i] = value;
    rgba[4 * i + 1] = value;
    rgba[4 * i + 2] = value;
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}

function paint(rgba: Uint8ClampedArray, cover: Float32Array, colour: Rgb, opacity: number): void {
  cover.forEach((value, i) => {
    const share = value * opacity;
    if (share === 0) return;
    for (let c = 0; c < 3; c++) {
      const at = 4 * i + c;
      rgba[at] = (rgba[at] as number) * (1 - share) + (colour[c] as number) * share;
    }
  });
}

/**
 * How much of each thumbnail pixel the mask covers, 0..1. The mask is read bilinearly and sharpened around one half, so that its
 * border is a smooth line, as wide as one thumbnail pixel, instead of the staircase of enlarged slice pixels.
 */
function coverage(mask: Mask, crop: Crop, grid: Grid, size: number): Float32Array {
  const inside = windowOf(mask, crop, grid, size);
  const scaleX = crop.side / grid.spacing.x / size;
  const scaleY = crop.side / grid.spacing.y / size;
  const sharpness = Math.max(1, 1 / Math.max(scaleX, scaleY));
  const result = new Float32Array(size * size);
  for (let v = 0; v < size; v++) {
    const { y } = toSlice(crop, grid, size, 0, v);
    if (y < inside.top || y > inside.bottom) continue;
    for (let u = 0; u < size; u++) {
      const x = crop.centre.x + ((u + 0.5) / size - 0.5) * size * scaleX;
      const value = inside.at(x, y);
      result[v * size + u] = Math.min(1, Math.max(0, (value - 0.5) * sharpness + 0.5));
    }
  }
  return result;
}

/**
 * The part of a mask that a crop shows, decoded: a whole slice need not be, however large it is. `at` reads it bilinearly at a position in
 * slice pixel coordinates; above `top` and below `bottom` it is 0.
 */
function windowOf(mask: Mask, crop: Crop, grid: Grid, size: number) {
  const from = toSlice(crop, grid, size, -0.5, -0.5);
  const to = toSlice(crop, grid, size, size - 0.5, size - 0.5);
  const left = Math.floor(from.x) - 1;
  const top = Math.floor(from.y) - 1;
  const right = Math.ceil(to.x) + 1;
  const bottom = Math.ceil(to.y) + 1;
  const width = right - left + 1;
  const pixels = decodeWithin(mask, { left, top, right, bottom });
  const bounds = boundsOf(mask);
  const at = (x: number, y: number): number => {
    const column = Math.floor(x) - left;
    const row = Math.floor(y) - top;
    const across = x - Math.floor(x);
    const down = y - Math.floor(y);
    const index = row * width + column;
    const upper = (pixels[index] ?? 0) * (1 - across) + (pixels[index + 1] ?? 0) * across;
    const lower = (pixels[index + width] ?? 0) * (1 - across) + (pixels[index + width + 1] ?? 0) * across;
    return upper * (1 - down) + lower * down;
  };
  return { at, top: (bounds?.top ?? Infinity) - 1, bottom: (bounds?.bottom ?? -Infinity) + 1 };
}

/** A line on the inner side of a covered area: covered pixels that have uncovered ones within the line's width. */
function border(cover: Float32Array, size: number): Float32Array {
  const width = Math.max(1, OUTLINE * size);
  const reach = Math.ceil(width);
  const result = new Float32Array(cover.length);
  const at = (u: number, v: number): number =>
    u < 0 || v < 0 || u >= size || v >= size ? 0 : (cover[v * size + u] as number);
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) {
      const uncovered = 1 - at(u, v);
      // Only uncovered pixels beside covered ones draw: few, whatever the mask's size.
      if (uncovered === 0 || at(u - 1, v) + at(u + 1, v) + at(u, v - 1) + at(u, v + 1) + at(u, v) === 0)
        continue;
      for (let y = Math.max(0, v - reach); y <= Math.min(size - 1, v + reach); y++) {
        for (let x = Math.max(0, u - reach); x <= Math.min(size - 1, u + reach); x++) {
          const near = Math.min(1, Math.max(0, width + 1 - Math.hypot(x - u, y - v)));
          const value = near * uncovered * at(x, y);
          if (value > (result[y * size + x] as number)) result[y * size + x] = value;
        }
      }
    }
  }
  return result;
}
