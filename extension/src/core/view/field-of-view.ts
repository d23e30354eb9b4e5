import { imageExtent, type Crop, type Grid } from '../image/crop';
import type { Bounds } from '../image/mask';
import { positionsOf, type Prompt } from '../prompts/prompts';
import type { Point } from '../image/slice';

/** Side of the nearest look, in pixels of the smaller spacing: about what a lesion of a few millimetres wants. */
const FIRST_LOOK_PIXELS = 36;
/** Below this a model pixel would be a quarter of a slice pixel: nothing more to see. */
const SMALLEST_SIDE_PIXELS = 24;
/** A change of less than this factor is not worth an encoder run. */
const WORTHWHILE = 1.25;
/** In later rounds the features are there already: only a view that is off by more than this factor is changed. */
const MISFIT = 1.5;
/** Prompts keep at least this share of the side from the border. */
const MARGIN = 0.06;
/** The image with a little around it: wider there is nothing. */
const WIDEST = 1.1;

/** Where the model looks first: around the prompts, coarse; a box says how large the structure is. */
export function firstLook(prompts: readonly Prompt[], grid: Grid, structureFraction: number): Crop {
  const box = boxExtent(prompts, grid);
  const pixel = Math.min(grid.spacing.x, grid.spacing.y);
  const side = box === null ? FIRST_LOOK_PIXELS * pixel : box / structureFraction;
  const positions = positionsOf(prompts);
  const centre = centreOf(positions) ?? { x: (grid.width - 1) / 2, y: (grid.height - 1) / 2 };
  return includePositions({ centre, side: clampSide(side, grid) }, positions, grid);
}

/**
 * The view that suits a structure found in `crop`, which stays if it is good enough (the features are there already). `found` is the
 * bounding box of the structure at the prompts, in slice pixels.
 */
export function fittingLook(
  crop: Crop,
  found: Bounds,
  prompts: readonly Prompt[],
  grid: Grid,
  structureFraction: number,
): Crop {
  const fitting = lookAround(found, prompts, grid, structureFraction);
  const factor = fitting.side / crop.side;
  const suits = factor > 1 / WORTHWHILE && factor < WORTHWHILE && !touchesBorder(found, crop, grid);
  return suits ? crop : fitting;
}

/** The view in which a structure within these bounds fills its share, and all prompts are to be seen. */
export function lookAround(
  structure: Bounds,
  prompts: readonly Prompt[],
  grid: Grid,
  structureFraction: number,
): Crop {
  const side = clampSide(extentOf(structure, grid) / structureFraction, grid);
  return includePositions({ centre: middleOf(structure), side }, positionsOf(prompts), grid);
}

/** Whether a view shows the whole slice. */
export function fullLook(crop: Crop, grid: Grid): boolean {
  const extent = imageExtent(grid);
  const spans = (centre: number, size: number): boolean =>
    centre - crop.side / 2 <= 0 && centre + crop.side / 2 >= size;
  return (
    spans((crop.centre.x + 0.5) * grid.spacing.x, extent.x) &&
    spans((crop.centre.y + 0.5) * grid.spacing.y, extent.y)
  );
}

/**
 * The view of a later round: the present one, as long as all prompts and the mask on which the user builds lie in it and the mask
 * fills about its share; else one that suits the mask. What was set by hand only moves to show a prompt.
 */
export function laterLook(
  crop: Crop,
  prompts: readonly Prompt[],
  mask: Bounds | null,
  grid: Grid,
  structureFraction: number,
  byHand: boolean,
): Crop {
  const shown = includePositions(crop, positionsOf(prompts), grid);
  if (byHand || mask === null) return shown;
  const side = clampSide(extentOf(mask, grid) / structureFraction, grid);
  const factor = side / shown.side;
  const suits = factor > 1 / MISFIT && factor < MISFIT && !touchesBorder(mask, shown, grid);
  return suits ? shown : lookAround(mask, prompts, grid, structureFraction);
}

/** A view scaled by hand, between the smallest and the widest that make sense. */
export function scaledLook(crop: Crop, factor: number, grid: Grid): Crop {
  return { centre: crop.centre, side: clampSide(crop.side * factor, grid) };
}

/** Moves the crop no more than needed, and widens it if need be, so that all positions lie well inside. */
export function includePositions(crop: Crop, positions: readonly Point[], grid: Grid): Crop {
  if (positions.length === 0) return crop;
  const { spacing } = grid;
  const left = Math.min(...positions.map(p => p.x)) * spacing.x;
  const right = Math.max(...positions.map(p => p.x)) * spacing.x;
  const top = Math.min(...positions.map(p => p.y)) * spacing.y;
  const bottom = Math.max(...positions.map(p => p.y)) * spacing.y;
  const needed = Math.max(right - left, bottom - top) / (1 - 2 * MARGIN);
  const side = Math.max(crop.side, needed);
  const reach = side * (0.5 - MARGIN);
  const x = clamp(crop.centre.x * spacing.x, right - reach, left + reach) / spacing.x;
  const y = clamp(crop.centre.y * spacing.y, bottom - reach, top + reach) / spacing.y;
  if (side === crop.side && x === crop.centre.x && y === crop.centre.y) return crop;
  return { centre: { x, y }, side };
}

/** Whether a structure reaches a border of the crop that is not the image's own border as well. */
export function touchesBorder(found: Bounds, crop: Crop, grid: Grid): boolean {
  const halfX = crop.side / 2 / grid.spacing.x;
  const halfY = crop.side / 2 / grid.spacing.y;
  const near = (inside: number, border: number, half: number): boolean =>
    inside < border + Math.max(1, half * 0.02);
  return (
    (found.left > 0 && near(found.left, crop.centre.x - halfX, halfX)) ||
    (found.top > 0 && near(found.top, crop.centre.y - halfY, halfY)) ||
    (found.right < grid.width - 1 && near(-found.right, -crop.centre.x - halfX, halfX)) ||
    (found.bottom < grid.height - 1 && near(-found.bottom, -crop.centre.y - halfY, halfY))
  );
}

function clampSide(side: number, grid: Grid): number {
  const extent = imageExtent(grid);
  const smallest = SMALLEST_SIDE_PIXELS * Math.min(grid.spacing.x, grid.spacing.y);
  const widest = WIDEST * Math.max(extent.x, extent.y);
  return Math.min(widest, Math.max(smallest, side));
}

/** Larger side of a bounding box, in the slice's spacing unit. */
function extentOf(bounds: Bounds, grid: Grid): number {
  return Math.max(
    (bounds.right - bounds.left + 1) * grid.spacing.x,
    (bounds.bottom - bounds.top + 1) * grid.spacing.y,
  );
}

function boxExtent(prompts: readonly Prompt[], grid: Grid): number | null {
  const corners = prompts.flatMap(prompt => (prompt.kind === 'box' ? [prompt.from, prompt.to] : []));
  if (corners.length === 0) return null;
  const across = (Math.max(...corners.map(p => p.x)) - Math.min(...corners.map(p => p.x))) * grid.spacing.x;
  const down = (Math.max(...corners.map(p => p.y)) - Math.min(...corners.map(p => p.y))) * grid.spacing.y;
  return Math.max(across, down);
}

function centreOf(positions: readonly Point[]): Point | null {
  if (positions.length === 0) return null;
  const xs = positions.map(p => p.x);
  const ys = positions.map(p => p.y);
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
}

function middleOf(bounds: Bounds): Point {
  return { x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 };
}

function clamp(value: number, low: number, high: number): number {
  // Where rounding crosses the limits the middle serves both.
  return low > high ? (low + high) / 2 : Math.min(high, Math.max(low, value));
}
