import type { Grid } from './crop';
import { boundsOf, decodeWithin, type Bounds, type Mask } from './mask';
import type { Point } from './slice';

/** Chords are compared on so many lines of one direction at most ... */
const MOST_LINES = 2048;
/** ... but on no more than these for each pixel that they cross on their way. */
const LINES_PER_PIXEL = 16;

/** Middles of the sides of the square between the centres of four neighbouring pixels, from the upper left one. */
const TOP = { x: 0.5, y: 0 };
const LEFT = { x: 0, y: 0.5 };
const RIGHT = { x: 1, y: 0.5 };
const BOTTOM = { x: 0.5, y: 1 };

/**
 * Where the outline of a mask crosses such a square, by the pixels inside: 1 upper left, 2 upper right, 4 lower left, 8 lower right. Pixels that
 * touch at a corner hang together.
 */
const OUTLINE: readonly (readonly (readonly [Point, Point])[])[] = [
  [],
  [[LEFT, TOP]],
  [[TOP, RIGHT]],
  [[LEFT, RIGHT]],
  [[LEFT, BOTTOM]],
  [[TOP, BOTTOM]],
  [
    [LEFT, TOP],
    [RIGHT, BOTTOM],
  ],
  [[RIGHT, BOTTOM]],
  [[RIGHT, BOTTOM]],
  [
    [TOP, RIGHT],
    [LEFT, BOTTOM],
  ],
  [[TOP, BOTTOM]],
  [[LEFT, BOTTOM]],
  [[LEFT, RIGHT]],
  [[TOP, RIGHT]],
  [[LEFT, TOP]],
  [],
];

/** A piece of the outline between two neighbouring lines: how far along them it lies on the one and on the other, in spacing units. */
interface Piece {
  readonly here: number;
  readonly there: number;
}

/**
 * Length of the longest straight stretch in `direction` (a unit vector in spacing units) that does not leave the mask, in spacing units; 0 for an
 * empty mask. The outline runs through the middles of the pixel sides.
 */
export function longestChord(mask: Mask, grid: Grid, direction: Point): number {
  const bounds = boundsOf(mask);
  if (bounds === null) return 0;
  let longest = 0;
  for (const pieces of piecesBetweenLines(mask, bounds, grid, direction)) {
    // The outline does not cross itself: in their order, every other piece enters the mask and the next one leaves it.
    pieces.sort((a, b) => a.here + a.there - b.here - b.there);
    for (let i = 1; i < pieces.length; i += 2) {
      const [from, to] = [pieces[i - 1] as Piece, pieces[i] as Piece];
      longest = Math.max(longest, to.here - from.here, to.there - from.there);
    }
  }
  return longest;
}

/** The outline cut up by parallels to `direction`: its pieces between the first line and the second, the second and the third, and so on. */
function piecesBetweenLines(mask: Mask, bounds: Bounds, { spacing }: Grid, direction: Point): Piece[][] {
  const along = (x: number, y: number): number => x * spacing.x * direction.x + y * spacing.y * direction.y;
  const across = (x: number, y: number): number => x * spacing.x * direction.y - y * spacing.y * direction.x;
  const corners = [bounds.left - 0.5, bounds.right + 0.5].flatMap(x =>
    [bounds.top - 0.5, bounds.bottom + 0.5].map(y => across(x, y)),
  );
  const first = Math.min(...corners);
  const extent = Math.max(...corners) - first;
  const apart = Math.max(extent / MOST_LINES, Math.min(spacing.x, spacing.y) / LINES_PER_PIXEL);
  const found = Array.from({ length: Math.ceil(extent / apart) + 1 }, (): Piece[] => []);
  forEachOutlinePart(mask, bounds, (a, b) => {
    // Every corner of the outline is taken to lie on the nearest line.
    const lineOf = ({ x, y }: Point): number => Math.round((across(x, y) - first) / apart);
    const [start, end] = lineOf(a) < lineOf(b) ? [a, b] : [b, a];
    const [from, to] = [lineOf(start), lineOf(end)];
    const height = along(start.x, start.y);
    const slope = (along(end.x, end.y) - height) / (to - from);
    for (let line = from; line < to; line++) {
      found[line]?.push({ here: height + slope * (line - from), there: height + slope * (line + 1 - from) });
    }
  });
  return found;
}

/** Calls back for the straight parts of the outline, each from one pixel's side to a neighbouring side, in pixel coordinates. */
function forEachOutlinePart(mask: Mask, bounds: Bounds, visit: (a: Point, b: Point) => void): void {
  const [left, top, right, bottom] = [bounds.left - 1, bounds.top - 1, bounds.right + 1, bounds.bottom + 1];
  const width = right - left + 1;
  const height = bottom - top + 1;
  const pixels = decodeWithin(mask, { left, top, right, bottom });
  for (let v = 0; v < height - 1; v++) {
    for (let u = 0; u < width - 1; u++) {
      const at = v * width + u;
      const inside =
        (pixels[at] as number) |
        ((pixels[at + 1] as number) << 1) |
        ((pixels[at + width] as number) << 2) |
        ((pixels[at + width + 1] as number) << 3);
      if (inside === 0 || inside === 15) continue;
      for (const [a, b] of OUTLINE[inside] ?? []) {
        visit({ x: left + u + a.x, y: top + v + a.y }, { x: left + u + b.x, y: top + v + b.y });
      }
    }
  }
}
