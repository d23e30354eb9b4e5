import type { Grid } from '../../../extension/src/core/image/crop';
import { encodeMask } from '../../../extension/src/core/image/mask';
import type { Point } from '../../../extension/src/core/image/slice';
import { maskStatistics } from '../../../extension/src/core/image/statistics';
import { seededRandom } from '../../../extension/src/core/random';
import { emptyMask } from './empty-mask';

const gridOf = (x: number, y: number, unit: 'mm' | 'px' = 'mm'): Grid => ({
  width: 60,
  height: 60,
  spacing: { x, y, unit },
});

function maskOf(inside: (x: number, y: number) => boolean) {
  const pixels = Uint8Array.from({ length: 3600 }, (_, i) => (inside(i % 60, Math.floor(i / 60)) ? 1 : 0));
  return encodeMask(pixels, 60, 60);
}

describe('mask statistics', () => {
  it('count area in square millimetres of anisotropic pixels', () => {
    expect(
      maskStatistics(
        maskOf((x, y) => x < 4 && y < 3),
        gridOf(0.5, 2),
      ).area,
    ).toBe(12);
  });

  it('take a row of n pixels as n spacings long and one wide', () => {
    const row = maskOf((x, y) => y === 10 && x >= 5 && x < 12);
    expect(maskStatistics(row, gridOf(0.5, 0.8))).toEqual({
      unit: 'mm',
      area: expect.closeTo(7 * 0.4, 10),
      longestDiameter: expect.closeTo(3.5, 10),
      perpendicularDiameter: expect.closeTo(0.8, 10),
    });
  });

  it('measure a disc and an ellipse to half a pixel', () => {
    const disc = maskStatistics(
      maskOf((x, y) => Math.hypot(x - 30, y - 30) <= 20),
      gridOf(1, 1, 'px'),
    );
    expect(Math.abs(disc.longestDiameter - 40.5)).toBeLessThan(1);
    expect(Math.abs(disc.perpendicularDiameter - 40.5)).toBeLessThan(1);
    const turned = maskOf((x, y) => {
      const along = (x - 30 + (y - 30)) / Math.SQRT2;
      const across = (x - 30 - (y - 30)) / Math.SQRT2;
      return (along / 22) ** 2 + (across / 9) ** 2 <= 1;
    });
    const ellipse = maskStatistics(turned, gridOf(1, 1, 'px'));
    expect(Math.abs(ellipse.longestDiameter - 44)).toBeLessThan(1.2);
    expect(Math.abs(ellipse.perpendicularDiameter - 18)).toBeLessThan(1.2);
  });

  it('take the largest distance between the middles of the pixels’ sides, whatever the shape', () => {
    const random = seededRandom(2);
    for (let trial = 0; trial < 20; trial++) {
      const points: Point[] = [];
      const scattered = maskOf((x, y) => {
        const inside = x < 12 && y < 12 && random.uniform() < 0.1 + 0.04 * trial;
        const sides = [
          { x: x - 0.5, y },
          { x: x + 0.5, y },
          { x, y: y - 0.5 },
          { x, y: y + 0.5 },
        ];
        if (inside) points.push(...sides);
        return inside;
      });
      const farthest = points.map(a =>
        Math.max(...points.map(b => Math.hypot(0.5 * (a.x - b.x), a.y - b.y))),
      );
      const { longestDiameter } = maskStatistics(scattered, gridOf(0.5, 1));
      expect(longestDiameter).toBeCloseTo(Math.max(...farthest), 9);
    }
  });

  it('measure across a crescent the longest stretch inside it, not how far it bends', () => {
    const crescent = maskOf((x, y) => Math.hypot(x - 30, y - 30) <= 25 && Math.hypot(x - 42, y - 30) > 22);
    const { longestDiameter, perpendicularDiameter } = maskStatistics(crescent, gridOf(0.7, 0.7));
    expect(Math.abs(longestDiameter - 50.5 * 0.7)).toBeLessThan(0.7);
    // Along row 30 from the outer circle at 5 to the inner one at 20 are 15.5 pixels; above the horns it is more.
    expect(perpendicularDiameter / 0.7).toBeGreaterThan(15.5);
    expect(perpendicularDiameter / 0.7).toBeLessThan(23.5);
  });

  it('measure across a parallelogram the longest stretch at right angles to its diagonal', () => {
    const sheared = maskOf((x, y) => y >= 20 && y < 40 && x >= y - 15 && x < y + 5);
    const { perpendicularDiameter } = maskStatistics(sheared, gridOf(1, 1));
    // From one slanted side to the other, 20 apart in a row, the way (-1, 2) leads in 20 / 3 steps; its extent is 18.
    expect(Math.abs(perpendicularDiameter - (20 / 3) * Math.hypot(1, 2))).toBeLessThan(0.5);
  });

  it('stop at the edge of a part: what lies apart is not joined to it', () => {
    const bars = maskOf((x, y) => x >= 5 && x < 45 && (y === 10 || y === 11 || y === 14));
    expect(maskStatistics(bars, gridOf(1, 1)).perpendicularDiameter).toBeCloseTo(2, 1);
  });

  it('give one spacing for a single pixel and nothing for an empty mask', () => {
    const single = maskStatistics(
      maskOf((x, y) => x === 3 && y === 3),
      gridOf(0.7, 0.7),
    );
    expect(single.longestDiameter).toBeCloseTo(0.7, 10);
    expect(maskStatistics(emptyMask(60, 60), gridOf(1, 1))).toEqual({
      unit: 'mm',
      area: 0,
      longestDiameter: 0,
      perpendicularDiameter: 0,
    });
  });
});
