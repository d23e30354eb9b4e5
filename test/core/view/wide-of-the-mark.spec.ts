import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import type { Grid } from '../../../extension/src/core/image/crop';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';
import { wideOfTheMark } from '../../../extension/src/core/view/wide-of-the-mark';

const grid: Grid = { width: 100, height: 80, spacing: { x: 1, y: 1, unit: 'mm' } };

function disc(x: number, y: number, radius: number): Mask {
  const pixels = Array.from({ length: grid.width * grid.height }, (_, i) =>
    Math.hypot((i % grid.width) - x, Math.floor(i / grid.width) - y) <= radius ? 1 : 0,
  );
  return encodeMask(pixels, grid.width, grid.height);
}

const click = (x: number, y: number, positive: boolean): Prompt => ({
  kind: 'point',
  at: { x, y },
  positive,
});
const mask = disc(40, 40, 10);

describe('a click is wide of the mark', () => {
  it('where it asks for what lies far outside', () => {
    expect(wideOfTheMark(click(62, 40, true), mask, grid)).toBe(true);
    expect(wideOfTheMark(click(60, 40, true), mask, grid)).toBe(false);
  });

  it('where it takes away what lies deep inside', () => {
    expect(wideOfTheMark(click(41, 40, false), mask, grid)).toBe(true);
    expect(wideOfTheMark(click(45, 40, false), mask, grid)).toBe(true);
    expect(wideOfTheMark(click(46, 40, false), mask, grid)).toBe(false);
    expect(wideOfTheMark(click(48, 40, false), mask, grid)).toBe(false);
  });

  it('not where the mask is as the click says, however far that is from its border', () => {
    expect(wideOfTheMark(click(40, 40, true), mask, grid)).toBe(false);
    expect(wideOfTheMark(click(90, 70, false), mask, grid)).toBe(false);
  });

  it('by the size of the structure in millimetres, not in pixels', () => {
    const flat: Grid = { ...grid, spacing: { x: 1, y: 0.2, unit: 'mm' } };
    expect(wideOfTheMark(click(40, 66, true), mask, grid)).toBe(true);
    expect(wideOfTheMark(click(40, 66, true), mask, flat)).toBe(false);
  });

  it('never where it is a box, where it lies beside the image, or where there is no mask', () => {
    const box: Prompt = { kind: 'box', from: { x: 70, y: 10 }, to: { x: 90, y: 30 } };
    expect(wideOfTheMark(box, mask, grid)).toBe(false);
    expect(wideOfTheMark(click(-40, 40, true), mask, grid)).toBe(false);
    expect(wideOfTheMark(click(40, 40, true), disc(0, 0, -1), grid)).toBe(false);
  });

  it('judges a line by the middle of what it says against the mask, whichever way it is drawn', () => {
    const points = Array.from({ length: 39 }, (_, i) => ({ x: 40 + i, y: 40 }));
    for (const drawn of [points, [...points].reverse()]) {
      const line = (length: number): Prompt => ({
        kind: 'scribble',
        points: drawn.filter(({ x }) => x <= 40 + length),
        positive: true,
      });
      expect(wideOfTheMark(line(38), mask, grid)).toBe(true);
      expect(wideOfTheMark(line(20), mask, grid)).toBe(false);
    }
  });
});
