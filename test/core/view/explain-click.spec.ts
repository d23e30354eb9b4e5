import type { Grid } from '../../../extension/src/core/image/crop';
import { explainsClick } from '../../../extension/src/core/view/explain-click';
import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import { emptyMask } from '../image/empty-mask';

const grid: Grid = { width: 200, height: 160, spacing: { x: 1, y: 1, unit: 'mm' } };

function disc(x: number, y: number, radius: number, on: Grid = grid): Mask {
  const { width, height, spacing } = on;
  const pixels = new Uint8Array(width * height);
  // Row by row: to ask each of the seven million pixels of a large slice for its distance takes many seconds.
  for (let row = 0; row < height; row++) {
    const half = Math.sqrt(radius ** 2 - (row * spacing.y - y) ** 2) / spacing.x;
    const from = Math.max(0, Math.ceil(x / spacing.x - half));
    const to = Math.min(width - 1, Math.floor(x / spacing.x + half));
    if (from <= to) pixels.fill(1, row * width + from, row * width + to + 1);
  }
  return encodeMask(pixels, width, height);
}

const click = (x: number, y: number, positive: boolean) => ({ at: { x, y }, positive });
const small = disc(60, 80, 10);
const large = disc(100, 80, 55);

describe('how well a structure explains a click', () => {
  it('is 1 where the click lies in the middle of what is most wrong, and less towards its border', () => {
    // Of the large disc without the small one the middle lies to the right of the disc's own.
    const middle = explainsClick(large, small, click(112, 80, true), grid);
    expect(middle).toBeGreaterThan(0.95);
    const off = explainsClick(large, small, click(112, 48, true), grid);
    expect(off).toBeLessThan(0.7);
    expect(off).toBeGreaterThan(0.3);
    expect(explainsClick(large, small, click(112, 30, true), grid)).toBeLessThan(0.2);
  });

  it('tells a structure that reaches as far beyond the click as it lies outside from one that ends there', () => {
    const at = click(100, 80, true);
    const reaching = explainsClick(disc(85, 80, 45), small, at, grid);
    const ending = explainsClick(disc(70, 80, 33), small, at, grid);
    expect(reaching).toBeGreaterThan(ending + 0.3);
  });

  it('is as large for what is to be taken away', () => {
    expect(explainsClick(small, large, click(112, 80, false), grid)).toBeGreaterThan(0.95);
  });

  it('is 0 where the click would correct nothing', () => {
    expect(explainsClick(small, small, click(60, 80, true), grid)).toBe(0);
    expect(explainsClick(small, large, click(112, 80, true), grid)).toBe(0);
    expect(explainsClick(large, small, click(60, 80, true), grid)).toBe(0);
    expect(explainsClick(emptyMask(200, 160), emptyMask(200, 160), click(5, 5, true), grid)).toBe(0);
  });

  it('is less where something else is more wrong: a user would have clicked there', () => {
    const elsewhere = disc(150, 80, 40);
    const both = explainsClick(small, elsewhere, click(60, 80, true), grid);
    expect(both).toBeGreaterThan(0.03);
    expect(both).toBeLessThan(0.12);
  });

  it('is the same on a slice whose pixels are finer in one direction', () => {
    const fine: Grid = { width: 200, height: 640, spacing: { x: 1, y: 0.25, unit: 'mm' } };
    const explained = (at: { x: number; y: number }, on: Grid) =>
      explainsClick(disc(100, 80, 55, on), disc(60, 80, 10, on), { at, positive: true }, on);
    expect(explained({ x: 112, y: 4 * 48 }, fine)).toBeCloseTo(explained({ x: 112, y: 48 }, grid), 1);
  });

  it('is the same on a slice of 3000 by 2400 pixels', () => {
    const huge: Grid = { width: 3000, height: 2400, spacing: { x: 1, y: 1, unit: 'mm' } };
    const explained = explainsClick(
      disc(1500, 1200, 825, huge),
      disc(900, 1200, 150, huge),
      click(1680, 15 * 48, true),
      huge,
    );
    expect(explained).toBeCloseTo(explainsClick(large, small, click(112, 48, true), grid), 1);
  });
});
