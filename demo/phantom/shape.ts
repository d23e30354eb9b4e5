// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { abs, cos, max, min, sin, sqrt } = Math;

/**
 * Solids as distance functions: negative inside, positive outside, in mm, roughly Euclidean near the surface (which is
 * where it matters: the painter only looks at the last millimetre). Coordinates are those of the DICOM patient, relative
 * to the middle of the study: x to the patient's left, y to the back, z to the head.
 */
export interface Shape {
  readonly bounds: Bounds;
  readonly distance: (x: number, y: number, z: number) => number;
}

/** A box in mm; outside of it a shape is not evaluated. */
export interface Bounds {
  readonly min: Position;
  readonly max: Position;
}

export type Position = readonly [x: number, y: number, z: number];

/** A point of a tube's axis and the tube's radius there, in mm. */
type TubePoint = readonly [x: number, y: number, z: number, radius: number];

const FAR = 1e3;

export function ellipsoid(
  centre: Position,
  semiAxes: Position,
  turn: { z?: number; x?: number } = {},
): Shape {
  const [cx, cy, cz] = centre;
  const [a, b, c] = semiAxes;
  const cosZ = cos(turn.z ?? 0);
  const sinZ = sin(turn.z ?? 0);
  const cosX = cos(turn.x ?? 0);
  const sinX = sin(turn.x ?? 0);
  return {
    bounds: boxAround(centre, max(a, b, c)),
    distance: (x, y, z) => {
      const dx = x - cx;
      const dy = y - cy;
      const dz = z - cz;
      const px = dx * cosZ + dy * sinZ;
      const qy = dy * cosZ - dx * sinZ;
      const py = qy * cosX + dz * sinX;
      const pz = dz * cosX - qy * sinX;
      const reach = sqrt((px / a) ** 2 + (py / b) ** 2 + (pz / c) ** 2);
      // The gradient's length turns the implicit value into a distance that is right at the surface.
      const slope = sqrt((px / (a * a)) ** 2 + (py / (b * b)) ** 2 + (pz / (c * c)) ** 2);
      return slope < 1e-9 ? -min(a, b, c) : (reach * (reach - 1)) / slope;
    },
  };
}

/** A chain of rounded cones through the points, each with its own radius. */
export function tube(points: readonly TubePoint[]): Shape {
  const data = new Float64Array(points.flat());
  const count = points.length - 1;
  return {
    bounds: points.reduce<Bounds>((box, [x, y, z, r]) => enclose(box, boxAround([x, y, z], r)), EMPTY),
    distance: (x, y, z) => {
      let best = FAR;
      for (let i = 0; i < count; i++) best = min(best, coneDistance(data, i * 4, x, y, z));
      return best;
    },
  };
}

function coneDistance(data: Float64Array, at: number, x: number, y: number, z: number): number {
  const [ax = 0, ay = 0, az = 0, ar = 0, bx = 0, by = 0, bz = 0, br = 0] = [
    data[at],
    data[at + 1],
    data[at + 2],
    data[at + 3],
    data[at + 4],
    data[at + 5],
    data[at + 6],
    data[at + 7],
  ];
  const ux = bx - ax;
  const uy = by - ay;
  const uz = bz - az;
  const px = x - ax;
  const py = y - ay;
  const pz = z - az;
  const t = min(1, max(0, (px * ux + py * uy + pz * uz) / (ux * ux + uy * uy + uz * uz + 1e-9)));
  return sqrt((px - ux * t) ** 2 + (py - uy * t) ** 2 + (pz - uz * t) ** 2) - (ar + (br - ar) * t);
}

/** The shape grown by `margin` mm on all sides (negative: shrunk). */
export function grown(shape: Shape, margin: number): Shape {
  return {
    bounds: expand(shape.bounds, max(0, margin)),
    distance: (x, y, z) => shape.distance(x, y, z) - margin,
  };
}

/** Union whose creases are filled to a radius of about `blend` mm, as fat fills the gaps between organs. */
export function blendedUnion(shapes: readonly Shape[], blend: number): Shape {
  const bounds = shapes.map(shape => expand(shape.bounds, blend + 8));
  return {
    bounds: bounds.reduce(enclose, EMPTY),
    distance: (x, y, z) => {
      let result = FAR;
      for (let i = 0; i < shapes.length; i++) {
        const box = bounds[i];
        const shape = shapes[i];
        if (!box || !shape || !contains(box, x, y, z)) continue;
        result = smoothMinimum(result, shape.distance(x, y, z), blend);
      }
      return result;
    },
  };
}

/** Minimum of two distances with the crease rounded over `blend` mm (the polynomial form by I. Quilez). */
export function smoothMinimum(a: number, b: number, blend: number): number {
  const overlap = max(0, blend - abs(a - b)) / blend;
  return min(a, b) - overlap * overlap * blend * 0.25;
}

export function smoothMaximum(a: number, b: number, blend: number): number {
  return -smoothMinimum(-a, -b, blend);
}

export const EVERYWHERE: Bounds = { min: [-FAR, -FAR, -FAR], max: [FAR, FAR, FAR] };

const EMPTY: Bounds = { min: [FAR, FAR, FAR], max: [-FAR, -FAR, -FAR] };

function contains(box: Bounds, x: number, y: number, z: number): boolean {
  const low = box.min;
  const high = box.max;
  return x >= low[0] && x <= high[0] && y >= low[1] && y <= high[1] && z >= low[2] && z <= high[2];
}

function boxAround([x, y, z]: Position, r: number): Bounds {
  return { min: [x - r, y - r, z - r], max: [x + r, y + r, z + r] };
}

function expand({ min: low, max: high }: Bounds, by: number): Bounds {
  return { min: [low[0] - by, low[1] - by, low[2] - by], max: [high[0] + by, high[1] + by, high[2] + by] };
}

function enclose(a: Bounds, b: Bounds): Bounds {
  return {
    min: [min(a.min[0], b.min[0]), min(a.min[1], b.min[1]), min(a.min[2], b.min[2])],
    max: [max(a.max[0], b.max[0]), max(a.max[1], b.max[1]), max(a.max[2], b.max[2])],
  };
}
