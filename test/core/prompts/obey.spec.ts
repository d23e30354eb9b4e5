import type { Crop, Grid } from '../../../extension/src/core/image/crop';
import { thresholdOnSlice } from '../../../extension/src/core/image/crop-map';
import { containsPixel, intersectionArea, type Mask } from '../../../extension/src/core/image/mask';
import { obedientMask } from '../../../extension/src/core/prompts/obey';
import type { Hint } from '../../../extension/src/core/prompts/prompts';
import { seededRandom } from '../../../extension/src/core/random';

const size = 32;
const grid: Grid = { width: 80, height: 80, spacing: { x: 1, y: 1, unit: 'px' } };

function discMap(radius = 8) {
  const values = Float32Array.from({ length: size * size }, (_, i) => {
    const distance = Math.hypot((i % size) - 15.5, Math.floor(i / size) - 15.5);
    return 1 / (1 + Math.exp(2 * (distance - radius)));
  });
  return { size, values };
}

const hint = (x: number, y: number, positive: boolean): Hint => ({ at: { x, y }, positive });
const obeys = (mask: Mask, { at, positive }: Hint) =>
  containsPixel(mask, Math.round(at.x), Math.round(at.y)) === positive;

describe('clicks', () => {
  it.each([
    ['fine', 16],
    ['as fine as the slice', 32],
    ['coarse', 78],
  ])('are obeyed exactly, one by one and together (model pixels %s)', (_, side) => {
    const crop: Crop = { centre: { x: 39.7, y: 40.2 }, side };
    const random = seededRandom(side);
    for (let trial = 0; trial < 30; trial++) {
      const hints = Array.from({ length: 1 + (trial % 5) }, () =>
        hint(
          40 + (random.uniform() - 0.5) * side * 0.9,
          40 + (random.uniform() - 0.5) * side * 0.9,
          random.uniform() < 0.5,
        ),
      );
      const places = new Map(hints.map(h => [`${Math.round(h.at.x)},${Math.round(h.at.y)}`, h]));
      const mask = obedientMask(discMap(), 0.5, hints, crop, grid);
      for (const last of places.values()) expect(obeys(mask, last)).toBe(true);
    }
  });

  it('change nothing where the mask already agrees', () => {
    const crop: Crop = { centre: { x: 40, y: 40 }, side: 40 };
    const plain = thresholdOnSlice(discMap(), crop, grid, 0.5);
    expect(obedientMask(discMap(), 0.5, [hint(40, 40, true), hint(58, 58, false)], crop, grid)).toEqual(
      plain,
    );
  });

  it('change the mask around them only, and by more than a lone pixel', () => {
    const crop: Crop = { centre: { x: 40, y: 40 }, side: 32 };
    const plain = thresholdOnSlice(discMap(), crop, grid, 0.5);
    const more = obedientMask(discMap(), 0.5, [hint(52, 40, true)], crop, grid);
    const less = obedientMask(discMap(), 0.5, [hint(36, 40, false)], crop, grid);
    expect(intersectionArea(plain, more)).toBe(plain.area);
    expect(more.area - plain.area).toBeGreaterThan(3);
    expect(more.area - plain.area).toBeLessThan(40);
    expect(intersectionArea(plain, less)).toBe(less.area);
    expect(plain.area - less.area).toBeGreaterThan(3);
    expect(plain.area - less.area).toBeLessThan(40);
  });

  it('are obeyed where they contradict their neighbours, the later one on the same pixel', () => {
    const crop: Crop = { centre: { x: 40, y: 40 }, side: 40 };
    const hints = [
      hint(45, 40, false),
      hint(46, 40, true),
      hint(45, 41, true),
      hint(46, 41, false),
      hint(45, 40, true),
    ];
    const mask = obedientMask(discMap(), 0.5, hints, crop, grid);
    for (const last of hints.slice(1)) expect(obeys(mask, last)).toBe(true);
  });

  it('are obeyed outside the crop as well, and change nothing within', () => {
    const crop: Crop = { centre: { x: 40, y: 40 }, side: 20 };
    const plain = thresholdOnSlice(discMap(), crop, grid, 0.5);
    const mask = obedientMask(discMap(), 0.5, [hint(2, 2, true)], crop, grid);
    expect(containsPixel(mask, 2, 2)).toBe(true);
    expect(intersectionArea(plain, mask)).toBe(plain.area);
    expect(mask.area).toBe(plain.area + 1);
  });
});
