import { seededRandom } from '../../extension/src/core/random';
import type { Warp } from './canvas';
import { pixelToWorld, sliceToWorld, worldToPixel, worldToSlice, type Grid } from './grid';
import { lungs } from './lungs';
import type { Position, Shape } from './shape';
import { growVesselTree, type VesselSegment } from './vessel-tree';

// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { ceil, floor, max, min, sign, sqrt } = Math;

/** What runs through the lungs, ready to be drawn slice by slice. */
interface LungVessels {
  readonly blood: readonly VesselSegment[];
  /** Bronchi: their lumen; the wall is drawn around it. */
  readonly airways: readonly VesselSegment[];
}

const ARTERY_ROOTS = {
  right: [
    [-48, 11, -4],
    [-53, 23, -22],
    [-54, -8, 33],
    [-40, 0, 9],
  ],
  left: [
    [50, 24, 2],
    [55, 33, -16],
    [43, 12, 16],
    [34, 2, 24],
  ],
} as const satisfies Record<string, readonly Position[]>;
const VEIN_ROOTS = {
  right: [
    [-48, -14, 4],
    [-48, 30, -30],
  ],
  left: [
    [51, -14, 7],
    [50, 33, -30],
  ],
} as const satisfies Record<string, readonly Position[]>;

/**
 * Trees of arteries and veins for both lungs.
 *
 * @param detail share of the twigs to grow, 0 to 1: a coarse grid would not show the rest.
 */
export function growLungVessels(
  seed: number,
  warp: Warp,
  detail: number,
  feeds: readonly { readonly at: Position; readonly radius: number }[],
): LungVessels {
  const region: Shape = {
    bounds: lungs.bounds,
    distance: (x, y, z) => lungs.distance(x + warp(x, y, z, 0), y + warp(x, y, z, 1), z + warp(x, y, z, 2)),
  };
  const blood: VesselSegment[] = [];
  const airways: VesselSegment[] = [];
  for (const side of [-1, 1] as const) {
    const name = side < 0 ? 'right' : 'left';
    const ours = feeds.filter(({ at }) => sign(at[0]) === side);
    const common = { region, side, twigRadius: 0.34 };
    const arteries = growVesselTree(
      { ...common, roots: ARTERY_ROOTS[name], twigs: Math.round(2400 * detail), feeds: ours },
      seededRandom(seed, 10 + side),
    );
    const veins = growVesselTree(
      { ...common, roots: VEIN_ROOTS[name], twigs: Math.round(1700 * detail), feeds: [] },
      seededRandom(seed, 20 + side),
    );
    blood.push(...arteries, ...veins);
    airways.push(
      ...arteries.filter(({ toRadius }) => toRadius > 1.15).map(segment => companion(segment, side)),
    );
  }
  return { blood, airways };
}

/** The bronchus beside an artery: of nearly the same calibre, on its inner and back side. */
function companion({ from, to, fromRadius, toRadius }: VesselSegment, side: 1 | -1): VesselSegment {
  const beside = ([x, y, z]: Position, r: number): Position => [
    x - side * 1.5 * r,
    y + 1.25 * r,
    z + 0.7 * r,
  ];
  return {
    from: beside(from, fromRadius),
    to: beside(to, toRadius),
    fromRadius: fromRadius * 0.64,
    toRadius: toRadius * 0.64,
  };
}

/** Offsets in mm at which a slice of finite thickness is sampled. */
const SLAB = [-0.8, 0, 0.8];

/** Share of each pixel of a slice that lies in one of the segments (grown by `margin(radius)` mm), 0 to 1. */
export function drawSegments(
  segments: readonly VesselSegment[],
  grid: Grid,
  slice: number,
  margin: (radius: number) => number,
): Float32Array {
  const share = new Float32Array(grid.size * grid.size);
  for (const segment of segments) drawSegment(share, segment, grid, slice, margin);
  return share;
}

/** Segments that meet a slice, for every slice: most segments meet one or two. */
export function bySlice(segments: readonly VesselSegment[], grid: Grid): VesselSegment[][] {
  const bins: VesselSegment[][] = Array.from({ length: grid.slices }, () => []);
  for (const segment of segments) {
    const reach = max(segment.fromRadius, segment.toRadius) + 3;
    const low = min(segment.from[2], segment.to[2]) - reach;
    const high = max(segment.from[2], segment.to[2]) + reach;
    const last = min(grid.slices - 1, floor(worldToSlice(grid, high)));
    for (let k = max(0, ceil(worldToSlice(grid, low))); k <= last; k++) bins[k]?.push(segment);
  }
  return bins;
}

function drawSegment(
  share: Float32Array,
  { from, to, fromRadius, toRadius }: VesselSegment,
  grid: Grid,
  slice: number,
  margin: (radius: number) => number,
): void {
  const { size } = grid;
  const width = max(0.8, grid.pixelSpacing * 1.15);
  const r0 = fromRadius + margin(fromRadius);
  const r1 = toRadius + margin(toRadius);
  const reach = max(r0, r1) + width;
  const z = sliceToWorld(grid, slice);
  const left = max(0, floor(worldToPixel(grid, min(from[0], to[0]) - reach)));
  const right = min(size - 1, ceil(worldToPixel(grid, max(from[0], to[0]) + reach)));
  const top = max(0, floor(worldToPixel(grid, min(from[1], to[1]) - reach)));
  const bottom = min(size - 1, ceil(worldToPixel(grid, max(from[1], to[1]) + reach)));
  const ux = to[0] - from[0];
  const uy = to[1] - from[1];
  const uz = to[2] - from[2];
  const squared = ux * ux + uy * uy + uz * uz + 1e-9;
  for (let row = top; row <= bottom; row++) {
    const py = pixelToWorld(grid, row) - from[1];
    for (let column = left; column <= right; column++) {
      const px = pixelToWorld(grid, column) - from[0];
      let sum = 0;
      for (const offset of SLAB) {
        const pz = z + offset - from[2];
        const t = min(1, max(0, (px * ux + py * uy + pz * uz) / squared));
        const d = sqrt((px - ux * t) ** 2 + (py - uy * t) ** 2 + (pz - uz * t) ** 2);
        sum += crossSection(d, r0 + (r1 - r0) * t, width);
      }
      const value = sum / SLAB.length;
      const pixel = row * size + column;
      if (value > (share[pixel] ?? 0)) share[pixel] = value;
    }
  }
}

/** Share of a pixel `width` mm wide at distance d from the axis; a vessel thinner than a pixel is dimmed, not widened. */
function crossSection(d: number, radius: number, width: number): number {
  const half = width / 2;
  if (radius < half) return (radius / half) * max(0, 1 - d / width);
  return min(1, max(0, (radius + half - d) / width));
}
