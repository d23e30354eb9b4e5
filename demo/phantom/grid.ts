import { smoothStep } from './noise';

/** The voxel grid of the study. Slices are transverse; slice 0 is the lowest (toward the feet). */
export interface Grid {
  /** Rows and columns of a slice. */
  readonly size: number;
  readonly slices: number;
  /** mm between pixel centres, both ways. */
  readonly pixelSpacing: number;
  /** mm between slice centres. */
  readonly sliceSpacing: number;
}

export const STUDY_GRID: Grid = { size: 512, slices: 48, pixelSpacing: 0.7, sliceSpacing: 2.5 };

/** The same body, sampled more coarsely: for tests. `size` pixels cover the same field of view. */
export function coarserGrid(size: number, slices: number): Grid {
  return {
    size,
    slices,
    pixelSpacing: (STUDY_GRID.size * STUDY_GRID.pixelSpacing) / size,
    sliceSpacing: (STUDY_GRID.slices * STUDY_GRID.sliceSpacing) / slices,
  };
}

/** x of a column's (or y of a row's) pixel centre in mm; the middle of the image is 0. */
export function pixelToWorld(grid: Grid, index: number): number {
  return (index - (grid.size - 1) / 2) * grid.pixelSpacing;
}

export function worldToPixel(grid: Grid, position: number): number {
  return position / grid.pixelSpacing + (grid.size - 1) / 2;
}

/** z of a slice's centre in mm; slice `slices / 2` lies at 0. */
export function sliceToWorld(grid: Grid, index: number): number {
  return (index - grid.slices / 2) * grid.sliceSpacing;
}

export function worldToSlice(grid: Grid, z: number): number {
  return z / grid.sliceSpacing + grid.slices / 2;
}

/** How much of a pixel lies inside a surface `distance` mm away, for a transition `width` mm wide. */
export function coverage(distance: number, width: number): number {
  return 1 - smoothStep(-width / 2, width / 2, distance);
}
