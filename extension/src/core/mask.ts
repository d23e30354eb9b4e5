/**
 * A binary mask on the slice's own grid, run-length encoded so that an unlimited history stays small.
 * Immutable plain data: it can be posted to a worker and compared.
 */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** Pairs (start, length) over row-major pixel indices, ascending, not touching. */
  readonly runs: Uint32Array;
  /** Number of pixels in the mask. */
  readonly area: number;
}
