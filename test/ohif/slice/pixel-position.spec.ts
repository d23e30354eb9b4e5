import { expect, it } from '@jest/globals';
import type { Point3, Viewport } from '../../../extension/src/ohif/host/cornerstone-types';
import { canvasAt, pixelAt } from '../../../extension/src/ohif/slice/pixel-position';

/** An image of 0.5 mm pixels whose first pixel's centre lies at (10, 20, 30), seen rotated by 90 degrees and zoomed fourfold. */
const viewport = {
  getImageData: () => ({
    imageData: {
      worldToIndex: ([x, y, z]: Point3): Point3 => [(x - 10) / 0.5, (y - 20) / 0.5, z - 30],
      indexToWorld: ([i, j, k]: Point3): Point3 => [10 + i * 0.5, 20 + j * 0.5, 30 + k],
    },
  }),
  worldToCanvas: ([x, y]: Point3): [number, number] => [-8 * (y - 20) + 400, 8 * (x - 10) + 100],
} as unknown as Viewport;

it('gives whole numbers at the centres of pixels', () => {
  expect(pixelAt(viewport, [10, 20, 30])).toEqual({ x: 0, y: 0 });
  expect(pixelAt(viewport, [11, 20.5, 30])).toEqual({ x: 2, y: 1 });
});

it('marks on the canvas the pixel that was clicked, however the image is turned', () => {
  expect(canvasAt(viewport, { x: 2, y: 1 })).toEqual([396, 108]);
});

it('has no answer while there is no image', () => {
  const empty = { getImageData: () => undefined } as unknown as Viewport;
  expect(pixelAt(empty, [0, 0, 0])).toBeNull();
  expect(canvasAt(empty, { x: 0, y: 0 })).toBeNull();
});
