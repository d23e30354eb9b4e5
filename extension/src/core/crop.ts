import type { Point } from './slice';

/** The square field of view that the model sees, in physical units so that its pixels are square. */
export interface Crop {
  /** Centre in slice pixel coordinates. */
  readonly centre: Point;
  /** Side in the slice's spacing unit (mm, or px where the spacing is unknown). */
  readonly side: number;
}
