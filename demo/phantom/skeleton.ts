import type { Canvas } from './canvas';
import { mix, smoothStep, type NoiseField } from './noise';
import { body, cageAngle, cavity } from './thorax';
import { EVERYWHERE, ellipsoid, smoothMinimum, tube, type Bounds, type Shape } from './shape';

// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { abs, cos, floor, max, min, round, sqrt } = Math;

/** mm from one vertebra, and one rib, to the next. */
const SEGMENT = 25;
const BODY_Y = 49;
const CANAL_Y = 72;
const MARROW_HU = 170;

/** Distance to the nearest bony rib: tilted hoops that fall from the spine to the front and cross many slices. */
const ribs: Shape = {
  bounds: EVERYWHERE,
  distance: (x, y, z) => {
    const across = cavity.distance(x, y, z) - 5.6;
    if (abs(across) > 8) return 20;
    const angle = cageAngle(x, y);
    return ribDistance(angle, across, z, x > 0 ? 3 : 0, 0.3, 2.32);
  },
};

/** Costal cartilage: continues the ribs to the sternum. */
const cartilage: Shape = {
  bounds: { min: [-110, -130, -90], max: [110, -20, 90] },
  distance: (x, y, z) => {
    const across = cavity.distance(x, y, z) - 6;
    if (abs(across) > 8) return 20;
    return ribDistance(cageAngle(x, y), across, z, x > 0 ? 3 : 0, 2.28, 3.02);
  },
};

function ribDistance(
  angle: number,
  across: number,
  z: number,
  shift: number,
  from: number,
  to: number,
): number {
  const fall =
    angle < 2.35 ? 44 * (1 - cos(angle * 1.25)) : 44 * (1 - cos(2.35 * 1.25)) - 20 * (angle - 2.35);
  const height = z + fall - 12 - shift;
  const along = height - SEGMENT * round(height / SEGMENT);
  const tall = 6.2 + 0.8 * cos(angle * 2);
  const thick = 3.7 + 0.5 * cos(angle * 3);
  const u = (along * 0.9) / tall;
  const v = across / thick;
  const reach = sqrt(u ** 2 + v ** 2);
  const slope = sqrt((u / tall) ** 2 + (v / thick) ** 2);
  const hoop = slope < 1e-6 ? -thick : (reach * (reach - 1)) / slope;
  const ends = max(from - angle, angle - to) * 100;
  return max(hoop, ends);
}

/** Height within a vertebral segment, -0.5 to 0.5; 0 is the middle of a vertebral body. */
function segmentPhase(z: number): number {
  return z / SEGMENT - round(z / SEGMENT);
}

const spineBox: Bounds = { min: [-42, 25, -1e3], max: [42, 116, 1e3] };

function bodyOutline(x: number, y: number, waist: number): number {
  const rho = sqrt((x / (17.5 - waist)) ** 2 + ((y - BODY_Y) / (14 - waist)) ** 2);
  const disc = sqrt(x ** 2 + (y - BODY_Y) ** 2) * (1 - 1 / max(rho, 1e-3));
  // The back of a vertebral body is hollowed by the canal.
  return max(rho < 1e-3 ? -12 : disc, 9 - sqrt((x * 0.8) ** 2 + (y - CANAL_Y) ** 2));
}

const discs: Shape = { bounds: spineBox, distance: (x, y) => bodyOutline(x, y, 0) };

const vertebralBodies: Shape = {
  bounds: spineBox,
  distance: (x, y, z) => {
    const phase = abs(segmentPhase(z));
    return max(bodyOutline(x, y, 1.8 * cos(phase * Math.PI)), (phase - 0.39) * SEGMENT);
  },
};

/** Pedicles, laminae, transverse and spinous processes of the vertebra at hand. */
const posteriorArch: Shape = {
  bounds: spineBox,
  distance: (px, y, z) => {
    const x = abs(px);
    const local = segmentPhase(z) * SEGMENT;
    const ring = abs(sqrt((x / 1.08) ** 2 + (y - CANAL_Y) ** 2) - 11.2) - 2.3;
    const pedicle = max(ring, abs(local - 4) - 6, y - CANAL_Y - 3);
    const lamina = max(ring, CANAL_Y - 1 - y, abs(local + 3) - 9);
    const transverse = segment(x, y, local, [11, 75, 3], [36, 87, 1], 4.4, 4);
    const ribNeck = segment(x, y, local - 9, [18, 58, 2], [34, 83, -1], 3.3, 3.5);
    const lower = segment(x, y, local, [0, 84, 0], [0, 100, -15], 3.4, 2.6);
    const upper = segment(x, y, local - SEGMENT, [0, 84, 0], [0, 100, -15], 3.4, 2.6);
    return min(smoothMinimum(pedicle, lamina, 2), smoothMinimum(transverse, min(lower, upper, ribNeck), 2));
  },
};

function segment(x: number, y: number, z: number, a: Triple, b: Triple, ra: number, rb: number): number {
  const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [px, py, pz] = [x - a[0], y - a[1], z - a[2]];
  const t = min(1, max(0, (px * ux + py * uy + pz * uz) / (ux * ux + uy * uy + uz * uz)));
  return sqrt((px - ux * t) ** 2 + (py - uy * t) ** 2 + (pz - uz * t) ** 2) - (ra + (rb - ra) * t);
}

type Triple = readonly [number, number, number];

const sternum: Shape = {
  bounds: { min: [-45, -130, -1e3], max: [45, -50, 1e3] },
  distance: (x, y, z) => {
    const halfWidth = z > 28 ? 16 + (z - 28) * 0.35 : 16 + max(0, -z - 30) * 0.04;
    const front = body.distance(x, y, z) + 17;
    const u = x / halfWidth;
    const v = front / 5.6;
    const reach = sqrt(u ** 2 + v ** 2);
    const slope = sqrt((u / halfWidth) ** 2 + (v / 5.6) ** 2);
    return slope < 1e-6 ? -5 : (reach * (reach - 1)) / slope;
  },
};

/** Both shoulder blades: a thin plate with a thick outer border, and a spine standing off it further up. */
function scapula(side: 1 | -1): Shape {
  const at = (x: number, y: number, z: number, r: number): readonly [number, number, number, number] => [
    side * x,
    y,
    z,
    r,
  ];
  const rows: Shape[] = [];
  for (let z = -34; z <= 84; z += 4) {
    const t = (z + 34) / 118;
    const inner = 84 - 16 * t;
    const outer = 98 + 32 * min(1, t * 1.25);
    const back = 92 - 6 * t;
    const middle = at((inner + outer) / 2, back - 11 - 4 * t, z, 1.5);
    rows.push(tube([at(inner, back, z, 2.3), middle, at(outer, 74 - 38 * t, z, 2.6 + 3.2 * t)]));
    if (z > 22) rows.push(tube([middle, at(outer - 6, 82 - 12 * t, z + 6, 2.2 + t)]));
  }
  return {
    bounds: { min: [side > 0 ? 55 : -150, 10, -44], max: [side > 0 ? 150 : -55, 105, 96] },
    distance: (x, y, z) => {
      const row = floor((z + 34) / 4);
      let best = 50;
      for (const shape of rows) {
        if (z < shape.bounds.min[2] - 8 || z > shape.bounds.max[2] + 8) continue;
        best = smoothMinimum(best, shape.distance(x, y, z), 2.5);
      }
      return row < -3 ? 50 : best;
    },
  };
}

const scapulae = [scapula(1), scapula(-1)];

const clavicles = ([1, -1] as const).map(side =>
  tube([
    [side * 16, -72, 61, 9],
    [side * 40, -76, 68, 7],
    [side * 80, -70, 82, 6],
  ]),
);

/** Paints cartilage, ribs, shoulder blades, sternum, clavicles and spine. */
export function paintSkeleton(canvas: Canvas, grain: NoiseField): void {
  const { z } = canvas;
  const marrow = (hu: number) => (x: number, y: number) =>
    hu + 70 * grain(x, y, z) + 35 * grain(x * 2 + 40, y * 2, z);
  canvas.paint(cartilage, (x, y, d) => 118 + 26 * grain(x, y, z) + (d > -1 ? 25 : 0));
  shell(canvas, ribs, 880, 1.35, marrow(MARROW_HU));
  for (const blade of scapulae) shell(canvas, blade, 780, 1.2, marrow(260));
  shell(canvas, sternum, 420, 1.1, marrow(120));
  for (const clavicle of clavicles) shell(canvas, clavicle, 820, 1.8, marrow(MARROW_HU));
  canvas.paint(discs, 82);
  shell(canvas, vertebralBodies, 520, 1.1, marrow(195));
  canvas.paint(epiduralSpace, -20);
  canvas.paint(spinalCord, 42);
  shell(canvas, posteriorArch, 760, 1.3, marrow(220));
}

const epiduralSpace = ellipsoid([0, CANAL_Y, 0], [9.6, 8.9, 1e3]);
const spinalCord = ellipsoid([0, CANAL_Y + 0.5, 0], [6.6, 5.6, 1e3]);

/** A bone: dense outside, marrow inside. Thin bones are all cortex, as they are in life. */
function shell(
  canvas: Canvas,
  bone: Shape,
  cortexHu: number,
  cortex: number,
  marrow: (x: number, y: number) => number,
): void {
  canvas.paint(
    bone,
    (x, y, distance) => {
      const dense = smoothStep(-cortex - 0.5, -cortex + 0.5, distance);
      return dense >= 1 ? cortexHu : mix(marrow(x, y), cortexHu, dense);
    },
    1,
  );
}
