import type { Canvas } from './canvas';
import type { NoiseField } from './noise';
import { blendedUnion, ellipsoid, grown, tube, type Shape } from './shape';

// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { max } = Math;

const rightDome = ellipsoid([-58, -4, -98], [70, 76, 70]);
const leftDome = ellipsoid([66, 4, -106], [58, 72, 66]);
const liver = ellipsoid([-50, -6, -98], [82, 80, 76]);
const leftLobe = ellipsoid([10, -38, -104], [52, 26, 50]);
const spleen = ellipsoid([94, 32, -92], [28, 38, 54], { z: -0.4 });
const stomach = ellipsoid([58, -12, -94], [44, 48, 53]);
const stomachGas = ellipsoid([60, -36, -90], [30, 19, 42]);

const hepaticVeins = [
  tube([
    [-26, 6, -44, 6],
    [-56, 4, -56, 5],
    [-96, -2, -70, 3],
  ]),
  tube([
    [-26, 2, -44, 6],
    [-40, -24, -56, 4.5],
    [-52, -56, -68, 3],
  ]),
  tube([
    [-24, 0, -46, 5],
    [-2, -22, -58, 4],
    [14, -44, -66, 2.5],
  ]),
];

/** What the diaphragm covers: the lungs end on it, and the lower slices run through it. */
export const underDiaphragm: Shape = blendedUnion([rightDome, leftDome], 14);

/** Paints diaphragm, fat, liver with its veins, spleen and stomach. */
export function paintAbdomen(canvas: Canvas, texture: NoiseField): void {
  const { z } = canvas;
  canvas.paint(underDiaphragm, 48, 1.2);
  canvas.paint(grown(underDiaphragm, -2), -98, 1.4);
  const liverHu = (x: number, y: number): number => {
    return 108 + 5 * texture(x, y, z);
  };
  canvas.paint(inside(leftLobe), liverHu, 1.2);
  canvas.paint(inside(liver), liverHu, 1.2);
  for (const vein of hepaticVeins) canvas.paint(inside(vein), 140, 1.6);
  canvas.paint(inside(spleen), (x, y) => 122 + 6 * texture(x, y, z), 1.2);
  canvas.paint(inside(stomach), 62, 1.2);
  canvas.paint(grown(inside(stomach), -3), (x, y) => 18 + 14 * texture(x * 2, y * 2, z), 1.6);
  canvas.paint(inside(stomachGas), -1000, 1.2);
}

function inside(organ: Shape): Shape {
  return {
    bounds: organ.bounds,
    distance: (x, y, z) => max(organ.distance(x, y, z), underDiaphragm.distance(x, y, z) + 1.4),
  };
}
