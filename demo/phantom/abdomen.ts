import type { Canvas } from './canvas';
import type { NoiseField } from './noise';
import { blendedUnion, ellipsoid, grown, type Shape } from './shape';

const rightDome = ellipsoid([-58, -4, -98], [70, 76, 70]);
const leftDome = ellipsoid([66, 4, -106], [58, 72, 66]);
const liver = ellipsoid([-50, -6, -98], [82, 80, 76]);
const leftLobe = ellipsoid([10, -38, -104], [52, 26, 50]);
const spleen = ellipsoid([92, 34, -98], [27, 36, 54], { z: -0.4 });
const stomach = ellipsoid([62, -18, -100], [36, 36, 52]);
const stomachGas = ellipsoid([60, -34, -92], [25, 20, 38]);

/** What the diaphragm covers: the lungs end on it, and the lower slices run through it. */
export const underDiaphragm: Shape = blendedUnion([rightDome, leftDome], 14);

/** Paints diaphragm, fat, liver with its veins, spleen and stomach. */
export function paintAbdomen(canvas: Canvas, texture: NoiseField, veins: NoiseField): void {
  const { z } = canvas;
  canvas.paint(underDiaphragm, 48, 1.2);
  canvas.paint(grown(underDiaphragm, -2), -98, 1.4);
  const liverHu = (x: number, y: number): number => {
    const branch = Math.abs(veins(x * 0.9, y * 0.9, z * 0.9));
    return 108 + 5 * texture(x, y, z) + (branch < 0.07 ? 45 * (1 - branch / 0.07) : 0);
  };
  canvas.paint(inside(leftLobe), liverHu, 1.2);
  canvas.paint(inside(liver), liverHu, 1.2);
  canvas.paint(inside(spleen), (x, y) => 122 + 6 * texture(x, y, z), 1.2);
  canvas.paint(inside(stomach), 62, 1.2);
  canvas.paint(grown(inside(stomach), -3), (x, y) => 18 + 14 * texture(x * 2, y * 2, z), 1.6);
  canvas.paint(inside(stomachGas), -1000, 1.2);
}

function inside(organ: Shape): Shape {
  return {
    bounds: organ.bounds,
    distance: (x, y, z) => Math.max(organ.distance(x, y, z), underDiaphragm.distance(x, y, z) + 1.4),
  };
}
