import type { Grid } from '../../../extension/src/core/image/crop';
import { emptyMask, encodeMask } from '../../../extension/src/core/image/mask';
import { maskStatistics } from '../../../extension/src/core/image/statistics';

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
