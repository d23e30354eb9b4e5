import { toModel, type Crop, type Grid } from '../../../extension/src/core/image/crop';
import {
  firstLook,
  fittingLook,
  fullLook,
  includePositions,
  laterLook,
  scaledLook,
  touchesBorder,
} from '../../../extension/src/core/view/field-of-view';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';
import { seededRandom } from '../../../extension/src/core/random';

const grid: Grid = { width: 512, height: 400, spacing: { x: 0.5, y: 0.5, unit: 'mm' } };
const fraction = 0.35;
const click = (x: number, y: number): Prompt => ({ kind: 'point', at: { x, y }, positive: true });
const around = (x: number, y: number, extent: number) => ({
  left: x - extent / 2 + 0.5,
  right: x + extent / 2 - 0.5,
  top: y - 2,
  bottom: y + 2,
});

describe('the first look', () => {
  it('is near the click', () => {
    const crop = firstLook([click(100, 200)], grid, fraction);
    expect(crop.centre).toEqual({ x: 100, y: 200 });
    expect(crop.side).toBe(36 * 0.5);
  });

  it('takes a box as the size of the structure', () => {
    const box: Prompt = { kind: 'box', from: { x: 100, y: 100 }, to: { x: 180, y: 140 } };
    const crop = firstLook([box], grid, fraction);
    expect(crop.centre).toEqual({ x: 140, y: 120 });
    expect(crop.side).toBeCloseTo(40 / fraction, 8);
  });

  it('shows all prompts well inside', () => {
    const random = seededRandom(1);
    for (let i = 0; i < 50; i++) {
      const prompts = Array.from({ length: 1 + (i % 4) }, () =>
        click(random.uniform() * 511, random.uniform() * 399),
      );
      const crop = firstLook(prompts, grid, fraction);
      for (const prompt of prompts) {
        if (prompt.kind !== 'point') continue;
        const { x, y } = toModel(crop, grid, 100, prompt.at);
        for (const value of [x, y]) {
          expect(value).toBeGreaterThan(4);
          expect(value).toBeLessThan(95);
        }
      }
    }
  });
});

describe('a fitting look', () => {
  const crop: Crop = { centre: { x: 200, y: 200 }, side: 50 };

  it('is the present one where the structure fills its share', () => {
    expect(fittingLook(crop, around(200, 200, 35), [click(200, 200)], grid, fraction)).toBe(crop);
  });

  it('goes nearer to a small structure and centres it', () => {
    const fitting = fittingLook(crop, around(210, 195, 15), [click(210, 195)], grid, fraction);
    expect(fitting.side).toBeLessThan(25);
    expect(fitting.centre).toEqual({ x: 210, y: 195 });
  });

  it('goes wider for one that fills the view', () => {
    const fitting = fittingLook(crop, around(200, 200, 60), [click(200, 200)], grid, fraction);
    expect(fitting.side).toBeCloseTo((60 * 0.5) / fraction, 6);
  });

  it('moves to one that is cut off at a border, however well it fills', () => {
    const cut = { left: 150, right: 182, top: 195, bottom: 205 };
    expect(fittingLook(crop, cut, [click(155, 200)], grid, fraction).centre.x).toBeCloseTo(166, 6);
  });

  it('never becomes wider than the image with a little around it, nor nearer than 24 pixels', () => {
    const whole = { left: 0, right: 511, top: 0, bottom: 399 };
    expect(fittingLook(crop, whole, [click(256, 200)], grid, fraction).side).toBeCloseTo(256 * 1.1, 8);
    expect(fittingLook(crop, around(200, 200, 2), [click(200, 200)], grid, fraction).side).toBe(12);
  });
});

describe('a full look', () => {
  it('shows the whole slice', () => {
    expect(fullLook({ centre: { x: 255.5, y: 199.5 }, side: 256 }, grid)).toBe(true);
    expect(fullLook({ centre: { x: 255.5, y: 199.5 }, side: 250 }, grid)).toBe(false);
    expect(fullLook({ centre: { x: 100, y: 199.5 }, side: 256 }, grid)).toBe(false);
  });
});

describe('a later look', () => {
  const crop: Crop = { centre: { x: 200, y: 200 }, side: 50 };
  const mask = around(200, 200, 32);

  it('stays where everything is inside', () => {
    expect(laterLook(crop, [click(200, 200), click(230, 200)], mask, grid, fraction, false)).toBe(crop);
  });

  it('widens for a prompt outside', () => {
    const wider = laterLook(crop, [click(200, 200), click(300, 200)], mask, grid, fraction, false);
    expect(wider.side).toBeGreaterThan(50);
    expect(toModel(wider, grid, 100, { x: 300, y: 200 }).x).toBeLessThan(95);
    expect(toModel(wider, grid, 100, { x: 200, y: 200 }).x).toBeGreaterThan(4);
  });

  it('follows a mask that has become much smaller or larger than its share', () => {
    expect(laterLook(crop, [click(200, 200)], around(200, 200, 20), grid, fraction, false).side).toBeLessThan(
      33,
    );
    expect(
      laterLook(crop, [click(200, 200)], around(200, 200, 60), grid, fraction, false).side,
    ).toBeGreaterThan(75);
  });

  it('widens for a mask that is cut off, but not against the hand', () => {
    const cut = around(200, 200, 100);
    expect(laterLook(crop, [click(200, 200)], cut, grid, fraction, false).side).toBeGreaterThan(70);
    expect(laterLook(crop, [click(200, 200)], cut, grid, fraction, true)).toBe(crop);
  });
});

describe('the border of the crop', () => {
  it('does not count where it is the border of the image as well', () => {
    const crop: Crop = { centre: { x: 10, y: 200 }, side: 50 };
    expect(touchesBorder({ left: 0, right: 20, top: 190, bottom: 210 }, crop, grid)).toBe(false);
    expect(touchesBorder({ left: 0, right: 60, top: 190, bottom: 210 }, crop, grid)).toBe(true);
  });
});

describe('moving the crop', () => {
  it('is left alone where it need not', () => {
    const crop: Crop = { centre: { x: 50, y: 50 }, side: 40 };
    expect(includePositions(crop, [{ x: 60, y: 60 }], grid)).toBe(crop);
    expect(includePositions(crop, [], grid)).toBe(crop);
  });

  it('by hand is a factor on the side, within limits', () => {
    const crop: Crop = { centre: { x: 50, y: 50 }, side: 40 };
    expect(scaledLook(crop, 2, grid)).toEqual({ centre: crop.centre, side: 80 });
    expect(scaledLook(crop, 1e6, grid).side).toBeCloseTo(256 * 1.1, 8);
  });
});
