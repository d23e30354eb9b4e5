import type { Crop, Grid } from '../../../extension/src/core/image/crop';
import {
  maskOnCrop,
  thresholdOnSlice,
  valueAt,
  valuesOnSlice,
} from '../../../extension/src/core/image/crop-map';
import { containsPixel, dice, encodeMask, type Mask } from '../../../extension/src/core/image/mask';

const size = 64;

function ellipse(grid: Grid, x: number, y: number, radius: number): Mask {
  const pixels = new Uint8Array(grid.width * grid.height);
  for (let i = 0; i < pixels.length; i++) {
    const dx = ((i % grid.width) - x) * grid.spacing.x;
    const dy = (Math.floor(i / grid.width) - y) * grid.spacing.y;
    pixels[i] = Math.hypot(dx, dy) <= radius ? 1 : 0;
  }
  return encodeMask(pixels, grid.width, grid.height);
}

const gridOf = (x: number, y: number): Grid => ({ width: 90, height: 70, spacing: { x, y, unit: 'mm' } });

describe('a mask on the crop', () => {
  it.each([
    [0.7, 0.7, 20],
    [0.7, 0.7, 60],
    [0.7, 1.1, 45],
    [1, 0.4, 30],
    [0.1, 0.1, 6],
  ])('comes back on the pixels it came from (spacing %d x %d, side %d)', (x, y, side) => {
    const grid = gridOf(x, y);
    const mask = ellipse(grid, 44.3, 33.8, side / 5);
    const crop: Crop = { centre: { x: 45.2, y: 34.1 }, side };
    const onCrop = maskOnCrop(mask, crop, grid, size);
    const back = thresholdOnSlice({ size, values: onCrop }, crop, grid, 0.5);
    expect(dice(back, mask)).toBeGreaterThan(0.97);
  });

  it('comes back exactly where model pixels are smaller than slice pixels', () => {
    const grid = gridOf(1, 1);
    const mask = ellipse(grid, 45, 35, 5);
    const crop: Crop = { centre: { x: 45, y: 35 }, side: 16 };
    const back = thresholdOnSlice({ size, values: maskOnCrop(mask, crop, grid, size) }, crop, grid, 0.5);
    expect(back).toEqual(mask);
  });

  it('keeps its area: every model pixel holds the share that is covered', () => {
    const grid = gridOf(0.9, 0.6);
    const mask = ellipse(grid, 40, 30, 8);
    const crop: Crop = { centre: { x: 41.7, y: 30.9 }, side: 33 };
    const covered = maskOnCrop(mask, crop, grid, size).reduce((sum, value) => sum + value, 0);
    expect(covered * (33 / size) ** 2).toBeCloseTo(mask.area * 0.9 * 0.6, 2);
  });

  it('loses what lies outside the crop', () => {
    const grid = gridOf(1, 1);
    const whole = encodeMask(new Uint8Array(90 * 70).fill(1), 90, 70);
    const crop: Crop = { centre: { x: 0, y: 0 }, side: 20 };
    const onCrop = maskOnCrop(whole, crop, grid, 20);
    // The image begins half a pixel before its first pixel's centre: at model coordinate 9.5.
    expect(onCrop[0]).toBe(0);
    expect(onCrop[9 * 20 + 9]).toBeCloseTo(0.25, 5);
    expect(onCrop[15 * 20 + 15]).toBe(1);
  });
});

describe('a map on the slice', () => {
  it('is background outside the crop', () => {
    const grid = gridOf(1, 1);
    const crop: Crop = { centre: { x: 20, y: 20 }, side: 10 };
    const mask = thresholdOnSlice({ size: 8, values: new Float32Array(64).fill(1) }, crop, grid, 0.5);
    expect(mask.area).toBe(11 * 11);
    expect(containsPixel(mask, 15, 15)).toBe(true);
    expect(containsPixel(mask, 14, 15)).toBe(false);
  });

  it('is bilinear between model pixels and constant beyond the outermost', () => {
    const map = { size: 2, values: Float32Array.of(0, 1, 2, 3) };
    expect(valueAt(map, 0.5, 0)).toBe(0.5);
    expect(valueAt(map, 0.5, 0.5)).toBe(1.5);
    expect(valueAt(map, -3, 0)).toBe(0);
    expect(valueAt(map, 9, 9)).toBe(3);
  });

  it('gives the same values in a box as one by one', () => {
    const grid = gridOf(0.7, 1.2);
    const crop: Crop = { centre: { x: 30.3, y: 20.6 }, side: 20 };
    const values = Float32Array.from({ length: 36 }, (_, i) => Math.sin(i));
    const box = { x: 25, y: 15, width: 10, height: 8 };
    const inBox = valuesOnSlice({ size: 6, values }, crop, grid, box);
    const thresholded = thresholdOnSlice({ size: 6, values }, crop, grid, 0.2);
    for (let y = 0; y < box.height; y++) {
      for (let x = 0; x < box.width; x++) {
        const value = inBox[y * box.width + x] ?? NaN;
        const u = (((box.x + x - 30.3) * 0.7) / 20 + 0.5) * 6 - 0.5;
        const v = (((box.y + y - 20.6) * 1.2) / 20 + 0.5) * 6 - 0.5;
        expect(value).toBeCloseTo(valueAt({ size: 6, values }, u, v), 5);
        expect(containsPixel(thresholded, box.x + x, box.y + y)).toBe(value > 0.2);
      }
    }
  });

  it('is empty where nothing passes the threshold', () => {
    const grid = gridOf(1, 1);
    const crop: Crop = { centre: { x: 20, y: 20 }, side: 10 };
    expect(thresholdOnSlice({ size: 4, values: new Float32Array(16) }, crop, grid, 0.5).area).toBe(0);
  });
});

describe('a map that is enlarged by nearest neighbour', () => {
  it('gives each slice pixel the value of the model pixel in which it lies', () => {
    const grid: Grid = { width: 4, height: 4, spacing: { x: 1, y: 1, unit: 'px' } };
    const crop: Crop = { centre: { x: 1.5, y: 1.5 }, side: 4 };
    const map = { size: 2, values: Float32Array.of(1, 0.6, 0.4, 0), nearest: true };
    const box = { x: 0, y: 0, width: 4, height: 4 };
    expect(Array.from(valuesOnSlice(map, crop, grid, box), value => Math.round(value * 10) / 10)).toEqual([
      ...[1, 1, 0.6, 0.6],
      ...[1, 1, 0.6, 0.6],
      ...[0.4, 0.4, 0, 0],
      ...[0.4, 0.4, 0, 0],
    ]);
    expect(thresholdOnSlice(map, crop, grid, 0.5).area).toBe(8);
    expect(valueAt(map, 0.4, 0.6)).toBeCloseTo(0.4, 6);
  });
});
