/** The numeric arrays in which hosts hand over stored or rescaled pixel values. */
export type PixelArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** A position in slice pixel coordinates: x runs along a row, y down a column; an integer is a pixel's CENTRE. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One 2D image as the reader sees it: pixel values in modality units and how they are windowed. */
export interface Slice {
  /** Identity of pixels and window: two slices with one key are the same picture. */
  readonly key: string;
  /** Columns (0028,0011). */
  readonly width: number;
  /** Rows (0028,0010). */
  readonly height: number;
  /** 1: grey; 3: interleaved RGB (palette colour is expanded before). */
  readonly channels: 1 | 3;
  /** Row-major, `width * height * channels` values in modality units (HU on CT). */
  readonly values: PixelArray;
  /** Distance between pixel centres along x (between columns) and y (between rows); Pixel Spacing (0028,0030) is [y, x]. */
  readonly spacing: { readonly x: number; readonly y: number; readonly unit: 'mm' | 'px' };
  /** VOI window in modality units: `lower` shows black, `upper` white (before inversion). */
  readonly window: { readonly lower: number; readonly upper: number };
  /** True for MONOCHROME1: high values show dark. */
  readonly inverted: boolean;
  /** DICOM Modality (0008,0060), '' if unknown. */
  readonly modality: string;
}
