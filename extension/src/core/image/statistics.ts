import type { Grid } from './crop';
import { longestChord } from './longest-chord';
import { forEachSpan, type Mask } from './mask';
import type { Point } from './slice';

/** Size of a mask as a report gives it. `unit` is the slice's: without pixel spacing there are only pixels. */
export interface MaskStatistics {
  readonly unit: 'mm' | 'px';
  /** Area in unit². */
  readonly area: number;
  /** Longest diameter in unit. */
  readonly longestDiameter: number;
  /** Longest diameter perpendicular to it, in unit. */
  readonly perpendicularDiameter: number;
}

/**
 * Area and diameters of a mask. A pixel counts as wide as the spacing: diameters run between the middles of the outermost pixels'
 * sides, so that a row of n pixels is n spacings long. The longest diameter is the largest distance on the convex hull, the
 * perpendicular one the longest stretch at right angles to it that does not leave the mask, as WHO and Lugano ask for it.
 */
export function maskStatistics(mask: Mask, grid: Grid): MaskStatistics {
  const { x, y, unit } = grid.spacing;
  const hull = convexHull(outlinePoints(mask, grid));
  let longest = 0;
  let direction: Point = { x: 1, y: 0 };
  for (const a of hull) {
    for (const b of hull) {
      const length = Math.hypot(b.x - a.x, b.y - a.y);
      if (length <= longest) continue;
      longest = length;
      direction = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
    }
  }
  return {
    unit,
    area: mask.area * x * y,
    longestDiameter: longest,
    perpendicularDiameter: longestChord(mask, grid, { x: -direction.y, y: direction.x }),
  };
}

/** Middles of the pixel sides at the ends of every span, in spacing units, top to bottom. */
function outlinePoints(mask: Mask, grid: Grid): Point[] {
  const points: Point[] = [];
  forEachSpan(mask, (y, from, to) => {
    points.push(
      { x: from, y: y - 0.5 },
      { x: to, y: y - 0.5 },
      { x: from - 0.5, y },
      { x: to + 0.5, y },
      { x: from, y: y + 0.5 },
      { x: to, y: y + 0.5 },
    );
  });
  return points.map(point => ({ x: point.x * grid.spacing.x, y: point.y * grid.spacing.y }));
}

/** Andrew's monotone chain; counter-clockwise, no three in a line. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (path: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of path) {
      for (;;) {
        const [a, b] = chain.slice(-2);
        if (a === undefined || b === undefined || turn(a, b, point) > 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
