import { noiseField, smoothStep } from '../../demo/phantom/noise';

describe('a noise field', () => {
  const field = noiseField(5, 10);
  const along = Array.from({ length: 4000 }, (_, i) => field(i * 0.37 - 700, i * 0.21, -i * 0.11));

  it('stays within -1 and 1, around 0', () => {
    expect(Math.max(...along.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(Math.abs(along.reduce((sum, value) => sum + value, 0) / along.length)).toBeLessThan(0.1);
  });

  it('is smooth on the scale of its wavelength', () => {
    const steps = Array.from({ length: 2000 }, (_, i) =>
      Math.abs(field(i * 0.1, 3, 4) - field(i * 0.1 + 0.1, 3, 4)),
    );
    expect(Math.max(...steps)).toBeLessThan(0.05);
  });

  it('depends on its seed alone', () => {
    expect(noiseField(5, 10)(1.5, 2.5, 3.5)).toBe(field(1.5, 2.5, 3.5));
    expect(noiseField(6, 10)(1.5, 2.5, 3.5)).not.toBe(field(1.5, 2.5, 3.5));
  });
});

describe('a smooth step', () => {
  it('runs from 0 to 1 and is half way in the middle', () => {
    expect([smoothStep(2, 4, 1), smoothStep(2, 4, 3), smoothStep(2, 4, 9)]).toEqual([0, 0.5, 1]);
  });
});
