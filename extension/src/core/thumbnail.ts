import type { Crop, Grid } from './crop';
import type { Mask } from './mask';
import type { Slice } from './slice';

/** Red, green, blue 0..255. */
export type Colour = readonly [number, number, number];

export interface ThumbnailColours {
  readonly recommended: Colour;
  readonly adds: Colour;
  readonly removes: Colour;
  readonly outline: Colour;
}

export interface ThumbnailRequest {
  readonly slice: Slice;
  /** Same for all cards of a proposal: `thumbnailCrop`. */
  readonly crop: Crop;
  /** Side in device pixels. */
  readonly size: number;
  readonly recommended: Mask;
  /** Null draws the recommended mask itself. */
  readonly candidate: Mask | null;
  readonly colours?: ThumbnailColours;
}

/** The display crop around all masks of a proposal: tight, so that differences are visible. */
export declare function thumbnailCrop(masks: readonly Mask[], grid: Grid, fallback: Crop): Crop;

/** RGBA, row-major, `size * size * 4` bytes, opaque. */
export declare function renderThumbnail(request: ThumbnailRequest): Uint8ClampedArray;
