import {
  cropBox,
  insideImage,
  pixelAt,
  toModel,
  toSlice,
  wholeSlice,
  type Crop,
  type Grid,
} from '../../../extension/src/core/image/crop';
import { seededRandom } from '../../../extension/src/core/random';

const grid: Grid = { width: 100, height: 60, spacing: { x: 0.5, y: 0.8, unit: 'mm' } };

describe('the crop', () => {
  it('places the centre of model pixel j at cx + ((j + .5) / S - .5) L / spacing', () => {
    const crop: Crop = { centre: { x: 50, y: 30 }, side: 16 };
    // 16 mm over 8 model pixels: 2 mm each; the first centre lies 7 mm left of and above the middle.
    expect(toSlice(crop, grid, 8, 0, 0)).toEqual({ x: 50 - 7 / 0.5, y: 30 - 7 / 0.8 });
    expect(toSlice(crop, grid, 8, 7, 7)).toEqual({ x: 50 + 7 / 0.5, y: 30 + 7 / 0.8 });
  });

  it('of a whole slice is a square from its upper left corner', () => {
    const crop = wholeSlice(grid);
    // 50 mm wide, 48 mm high: 50 mm over 50 model pixels, the first of which begin at the corner.
    const { x, y } = toSlice(crop, grid, 50, 0, 0);
    expect([x, y]).toEqual([0.5, (0.5 * 1) / 0.8 - 0.5].map(value => expect.closeTo(value, 9)));
    expect(toSlice(crop, grid, 50, 49.5, 47.5).x).toBeCloseTo(99.5, 9);
    expect(toSlice(crop, grid, 50, 49.5, 47.5).y).toBeCloseTo(59.5, 9);
  });

  it('puts every position back where it came from, under any side, centre and spacing', () => {
    const random = seededRandom(1);
    for (let i = 0; i < 200; i++) {
      const any: Grid = {
        ...grid,
        spacing: { x: 0.05 + random.uniform() * 3, y: 0.05 + random.uniform() * 3, unit: 'mm' },
      };
      const crop = {
        centre: { x: random.uniform() * 100, y: random.uniform() * 60 },
        side: 0.5 + random.uniform() * 400,
      };
      const point = { x: random.uniform() * 100, y: random.uniform() * 60 };
      const model = toModel(crop, any, 96, point);
      const back = toSlice(crop, any, 96, model.x, model.y);
      expect(back.x).toBeCloseTo(point.x, 8);
      expect(back.y).toBeCloseTo(point.y, 8);
    }
  });

  it('covers the slice pixels whose centres lie in it, clipped to the image', () => {
    expect(cropBox({ centre: { x: 10, y: 10 }, side: 4 }, grid)).toEqual({ x: 6, y: 8, width: 9, height: 5 });
    expect(cropBox({ centre: { x: 0, y: 0 }, side: 4 }, grid)).toEqual({ x: 0, y: 0, width: 5, height: 3 });
    expect(cropBox({ centre: { x: 500, y: 0 }, side: 4 }, grid)).toBeNull();
  });

  it('knows the pixel that a position lies in, to the edge of the outermost pixels', () => {
    expect(pixelAt(grid, { x: -0.4, y: 59.4 })).toEqual({ x: 0, y: 59 });
    expect(insideImage(grid, { x: -0.6, y: 0 })).toBe(false);
    expect(insideImage(grid, { x: 99.6, y: 0 })).toBe(false);
  });
});
