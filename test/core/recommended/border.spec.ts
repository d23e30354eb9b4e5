import { borderOffset, moveBorder } from '../../../extension/src/core/recommended/border';

const size = 48;

/** 1 well inside a disc, 0 well outside, and half at its border. */
function disc(radius: number, middle = size / 2): Float32Array {
  return Float32Array.from({ length: size * size }, (_, i) => {
    const distance = Math.hypot((i % size) - middle, Math.floor(i / size) - middle);
    return 1 / (1 + Math.exp(2 * (distance - radius)));
  });
}

const radiusOf = (map: Float32Array): number =>
  Math.sqrt(map.reduce((sum, value) => sum + (value > 0.5 ? 1 : 0), 0) / Math.PI);

describe('moveBorder', () => {
  it.each([-4, -2.5, -1, -0.5, 0, 0.5, 1, 3, 5.5])(
    'moves the border of a disc by %d model pixels',
    pixels => {
      expect(Math.abs(radiusOf(moveBorder(disc(10), size, pixels)) - (10 + pixels))).toBeLessThan(0.45);
    },
  );

  it('leaves what it is given as it was', () => {
    const map = disc(10);
    moveBorder(map, size, 2.5);
    moveBorder(map, size, -2.5);
    expect(map).toEqual(disc(10));
  });

  it('takes what lies beyond the map to be like its rim', () => {
    const half = Float32Array.from({ length: size * size }, (_, i) => (i % size < 10 ? 1 : 0));
    const columns = (map: Float32Array): number => map.reduce((sum, value) => sum + value, 0) / size;
    expect(columns(moveBorder(half, size, 3))).toBe(13);
    expect(columns(moveBorder(half, size, -3))).toBe(7);
  });
});

describe('borderOffset', () => {
  it.each([-4, -1.5, 0, 1, 2.5, 6])('finds that a border lies %d model pixels from another', pixels => {
    const wanted = disc(10 + pixels).map(Math.round);
    const { pixels: found, dice } = borderOffset(disc(10), wanted, size, 0.5);
    expect(Math.abs(found - pixels)).toBeLessThan(0.45);
    expect(dice).toBeGreaterThan(0.9);
  });

  it.each([-3, 3])('does not take the rim of the map for a border (%d model pixels)', pixels => {
    const half = (columns: number): Float32Array =>
      Float32Array.from({ length: size * size }, (_, i) => (i % size < columns ? 1 : 0));
    const { pixels: found, dice } = borderOffset(half(10), half(10 + pixels), size, 0.5);
    expect(found).toBeCloseTo(pixels, 1);
    expect(dice).toBe(1);
  });

  it('says how little a border can do where another structure is wanted', () => {
    expect(borderOffset(disc(6, 12), disc(6, 36), size, 0.5).dice).toBeLessThan(0.5);
  });

  it('moves nothing where there is nothing to move', () => {
    const nothing = new Float32Array(size * size);
    expect(borderOffset(nothing, disc(6), size, 0.5)).toEqual({ pixels: 0, dice: 0 });
    expect(borderOffset(nothing, nothing, size, 0.5)).toEqual({ pixels: 0, dice: 0 });
  });
});
