import type { Point, Slice } from './slice';

/** The square field of view that the model sees, in physical units so that its pixels are square. */
export interface Crop {
  /** Centre in slice pixel coordinates. */
  readonly centre: Point;
  /** Side in the slice's spacing unit (mm, or px where the spacing is unknown). */
  readonly side: number;
}

/** What of a slice its geometry depends on. */
export type Grid = Pick<Slice, 'width' | 'height' | 'spacing'>;

/**
 * Model pixel coordinates (integer = centre of a model pixel, column u, row v) -> slice pixel coordinates. The contract shared with
 * the training: model pixel j lies at x = cx + ((j + .5) / S - .5) L / spacing.x, and likewise down the columns.
 */
export function toSlice(crop: Crop, grid: Grid, size: number, u: number, v: number): Point {
  return {
    x: crop.centre.x + (((u + 0.5) / size - 0.5) * crop.side) / grid.spacing.x,
    y: crop.centre.y + (((v + 0.5) / size - 0.5) * crop.side) / grid.spacing.y,
  };
}

/** The inverse of `toSlice`: slice pixel coordinates -> model pixel coordinates (x: column u, y: row v). */
export function toModel(crop: Crop, grid: Grid, size: number, point: Point): Point {
  return {
    x: (((point.x - crop.centre.x) * grid.spacing.x) / crop.side + 0.5) * size - 0.5,
    y: (((point.y - crop.centre.y) * grid.spacing.y) / crop.side + 0.5) * size - 0.5,
  };
}

/** A rectangle of slice pixels. */
export interface PixelBox {
  /** First column. */
  readonly x: number;
  /** First row. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The slice pixels whose centres lie in the crop, clipped to the image; null where there are none. */
export function cropBox(crop: Crop, grid: Grid): PixelBox | null {
  const halfX = crop.side / 2 / grid.spacing.x;
  const halfY = crop.side / 2 / grid.spacing.y;
  const x = Math.max(0, Math.ceil(crop.centre.x - halfX));
  const y = Math.max(0, Math.ceil(crop.centre.y - halfY));
  const right = Math.min(grid.width - 1, Math.floor(crop.centre.x + halfX));
  const bottom = Math.min(grid.height - 1, Math.floor(crop.centre.y + halfY));
  return right < x || bottom < y ? null : { x, y, width: right - x + 1, height: bottom - y + 1 };
}

/** Sides of the whole image in its spacing unit. */
export function imageExtent(grid: Grid): { readonly x: number; readonly y: number } {
  return { x: grid.width * grid.spacing.x, y: grid.height * grid.spacing.y };
}

/**
 * The crop of a model that sees whole slices: a square as large as the longer side, from the upper left corner, so that what is added to the
 * shorter side lies at the right or below (as SAM pads its images).
 */
export function wholeSlice(grid: Grid): Crop {
  const extent = imageExtent(grid);
  const side = Math.max(extent.x, extent.y);
  return {
    centre: { x: side / 2 / grid.spacing.x - 0.5, y: side / 2 / grid.spacing.y - 0.5 },
    side,
  };
}

/** Whether a point in slice pixel coordinates lies in one of the image's pixels. */
export function insideImage(grid: Grid, point: Point): boolean {
  return point.x >= -0.5 && point.y >= -0.5 && point.x < grid.width - 0.5 && point.y < grid.height - 0.5;
}

/** The pixel that a point lies in, or null outside the image. */
export function pixelAt(grid: Grid, point: Point): { readonly x: number; readonly y: number } | null {
  return insideImage(grid, point) ? { x: Math.floor(point.x + 0.5), y: Math.floor(point.y + 0.5) } : null;
}
