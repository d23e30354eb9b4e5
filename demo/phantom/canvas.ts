import { coverage, pixelToWorld, type Grid } from './grid';
import { noiseField, type NoiseField } from './noise';
import type { Bounds, Shape } from './shape';

// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { ceil, floor, max, min, round } = Math;

/** What a painted solid is made of: one value, or a value per place. Hounsfield units. */
type Material = number | ((x: number, y: number, distance: number) => number);

/** Displacement that makes ideal solids look grown: where the anatomy's point (x, y, z) is taken from. mm. */
export type Warp = (x: number, y: number, z: number, axis: 0 | 1 | 2) => number;

/** mm between the points at which distances are computed; between them they are interpolated. */
const COARSE_STEP = 1.4;
const WARP_REACH = 7;

/** Smooth displacement of up to about 4 mm. */
export function anatomicalWarp(seed: number): Warp {
  const slow: NoiseField[] = [0, 1, 2].map(axis => noiseField(seed + axis, 46));
  const quick: NoiseField[] = [3, 4, 5].map(axis => noiseField(seed + axis, 15));
  return (x, y, z, axis) => {
    const broad = slow[axis]?.(x, y, z) ?? 0;
    const fine = quick[axis]?.(x, y, z) ?? 0;
    return 4 * broad + 1.1 * fine;
  };
}

/** One slice being painted, in HU. Distances are computed on a coarser lattice, since they vary slowly. */
export class Canvas {
  /** Row-major, `size * size`. */
  readonly hu: Float32Array;
  private readonly step: number;
  private readonly nodes: number;
  /** Distances of the shape that is being painted; only the lattice points in its reach are up to date. */
  private readonly scratch: Float32Array;
  private readonly warped: readonly [Float32Array, Float32Array, Float32Array];

  constructor(
    readonly grid: Grid,
    readonly z: number,
    warp: Warp,
  ) {
    this.hu = new Float32Array(grid.size * grid.size).fill(-1000);
    this.step = max(1, round(COARSE_STEP / grid.pixelSpacing));
    this.nodes = ceil((grid.size - 1) / this.step) + 1;
    const count = this.nodes * this.nodes;
    this.scratch = new Float32Array(count);
    this.warped = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
    for (let j = 0, n = 0; j < this.nodes; j++) {
      const y = pixelToWorld(grid, j * this.step);
      for (let i = 0; i < this.nodes; i++, n++) {
        const x = pixelToWorld(grid, i * this.step);
        this.warped[0][n] = x + warp(x, y, z, 0);
        this.warped[1][n] = y + warp(x, y, z, 1);
        this.warped[2][n] = z + warp(x, y, z, 2);
      }
    }
  }

  /** Blends `material` over what is there, inside `shape`, with an edge `width` mm wide. */
  paint(shape: Shape, material: Material, width = 0.9): void {
    const range = this.nodeRange(shape.bounds);
    if (!range) return;
    this.measure(shape, range, this.scratch);
    this.blend(this.scratch, range, material, width);
  }

  /** The distance of every lattice point in reach of the shape (elsewhere +Infinity); for painting by several surfaces. */
  field(shape: Shape): Float32Array {
    const field = new Float32Array(this.nodes * this.nodes).fill(Infinity);
    const range = this.nodeRange(shape.bounds);
    if (range) this.measure(shape, range, field);
    return field;
  }

  /** As `paint`, from a field that was computed before. */
  paintField(field: Float32Array, bounds: Bounds, material: Material, width = 0.9): void {
    const range = this.nodeRange(bounds);
    if (range) this.blend(field, range, material, width);
  }

  /** Blends a slowly varying material that is computed at the lattice points (warped mm) and interpolated between. */
  paintSmooth(
    field: Float32Array,
    bounds: Bounds,
    hu: (x: number, y: number, z: number) => number,
    width = 0.9,
  ): void {
    const range = this.nodeRange(bounds);
    if (!range) return;
    const values = new Float32Array(field.length);
    const [wx, wy, wz] = this.warped;
    for (let j = range.top; j <= range.bottom; j++) {
      for (let i = range.left; i <= range.right; i++) {
        const n = j * this.nodes + i;
        if ((field[n] ?? Infinity) < 4) values[n] = hu(wx[n] ?? 0, wy[n] ?? 0, wz[n] ?? 0);
      }
    }
    this.blend(field, range, (x, y) => this.interpolate(values, x, y), width);
  }

  private interpolate(values: Float32Array, x: number, y: number): number {
    const { grid, step, nodes } = this;
    const u = (x / grid.pixelSpacing + (grid.size - 1) / 2) / step;
    const v = (y / grid.pixelSpacing + (grid.size - 1) / 2) / step;
    const i = min(nodes - 2, floor(u));
    const j = min(nodes - 2, floor(v));
    const n = j * nodes + i;
    const fx = u - i;
    const fy = v - j;
    const top = (values[n] ?? 0) * (1 - fx) + (values[n + 1] ?? 0) * fx;
    const bottom = (values[n + nodes] ?? 0) * (1 - fx) + (values[n + nodes + 1] ?? 0) * fx;
    return top * (1 - fy) + bottom * fy;
  }

  private measure(shape: Shape, range: NodeRange, field: Float32Array): void {
    const [wx, wy, wz] = this.warped;
    for (let j = range.top; j <= range.bottom; j++) {
      for (let i = range.left; i <= range.right; i++) {
        const n = j * this.nodes + i;
        field[n] = shape.distance(wx[n] ?? 0, wy[n] ?? 0, wz[n] ?? 0);
      }
    }
  }

  private blend(field: Float32Array, range: NodeRange, material: Material, width: number): void {
    const { grid, hu, step, nodes } = this;
    const { size } = grid;
    for (let j = range.top; j < range.bottom; j++) {
      for (let i = range.left; i < range.right; i++) {
        const n = j * nodes + i;
        const a = field[n] ?? Infinity;
        const b = field[n + 1] ?? Infinity;
        const c = field[n + nodes] ?? Infinity;
        const d = field[n + nodes + 1] ?? Infinity;
        if (min(a, b, c, d) > width / 2 || max(a, b, c, d) === Infinity) continue;
        const rows = min(size, (j + 1) * step);
        const columns = min(size, (i + 1) * step);
        for (let row = j * step; row < rows; row++) {
          const fy = row / step - j;
          const left = a + (c - a) * fy;
          const right = b + (d - b) * fy;
          for (let column = i * step; column < columns; column++) {
            const distance = left + (right - left) * (column / step - i);
            const share = coverage(distance, width);
            if (share <= 0) continue;
            const pixel = row * size + column;
            const value =
              typeof material === 'number'
                ? material
                : material(pixelToWorld(grid, column), pixelToWorld(grid, row), distance);
            const old = hu[pixel] ?? 0;
            hu[pixel] = old + (value - old) * share;
          }
        }
      }
    }
  }

  /** Lattice points around the box; null when this slice does not meet it. */
  private nodeRange(box: Bounds): NodeRange | null {
    if (this.z < box.min[2] - WARP_REACH || this.z > box.max[2] + WARP_REACH) return null;
    const first = pixelToWorld(this.grid, 0);
    const pitch = this.step * this.grid.pixelSpacing;
    const lowest = (mm: number): number => max(0, floor((mm - WARP_REACH - first) / pitch));
    const highest = (mm: number): number => min(this.nodes - 1, ceil((mm + WARP_REACH - first) / pitch));
    const range = {
      left: lowest(box.min[0]),
      right: highest(box.max[0]),
      top: lowest(box.min[1]),
      bottom: highest(box.max[1]),
    };
    return range.left < range.right && range.top < range.bottom ? range : null;
  }
}

interface NodeRange {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
