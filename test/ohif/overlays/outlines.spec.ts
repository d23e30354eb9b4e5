import { describe, expect, it } from '@jest/globals';
import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import { paintRegions, shareOut } from '../../../extension/src/ohif/overlays/outlines';

const WIDTH = 12;
const HEIGHT = 12;
const SILENT = 2;
const labels = { silent: SILENT, first: 3 };

/** A rectangle of whole pixels, bounds inclusive. */
function rectangle(left: number, top: number, right: number, bottom: number): Mask {
  const inside = (i: number): boolean => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    return x >= left && x <= right && y >= top && y <= bottom;
  };
  return encodeMask(
    Array.from({ length: WIDTH * HEIGHT }, (_, i) => Number(inside(i))),
    WIDTH,
    HEIGHT,
  );
}

function painted(masks: readonly Mask[]): Uint8Array {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  paintRegions(pixels, masks, labels);
  return pixels;
}

/** On how many sides the renderer draws the edge between two neighbouring pixels. */
function sidesDrawn(pixels: Uint8Array, a: number, b: number): number {
  if (pixels[a] === pixels[b]) return 0;
  return [a, b].filter(i => pixels[i] !== 0 && pixels[i] !== SILENT).length;
}

/** Every edge between neighbouring pixels (right and down), with whether the border of some mask runs there. */
function edges(masks: readonly Mask[]): { a: number; b: number; isBorder: boolean }[] {
  const decoded = masks.map(mask => painted([mask]));
  return Array.from({ length: WIDTH * HEIGHT }, (_, a) => a).flatMap(a =>
    [...(a % WIDTH < WIDTH - 1 ? [a + 1] : []), ...(a < WIDTH * (HEIGHT - 1) ? [a + WIDTH] : [])].map(b => ({
      a,
      b,
      isBorder: decoded.some(mask => (mask[a] === 0) !== (mask[b] === 0)),
    })),
  );
}

const nested = [rectangle(4, 4, 6, 6), rectangle(3, 3, 7, 7), rectangle(2, 2, 8, 8), rectangle(1, 1, 9, 9)];
/** The left borders of all coincide. */
const leaning = [rectangle(1, 4, 4, 6), rectangle(1, 3, 6, 7), rectangle(1, 2, 8, 8), rectangle(1, 1, 9, 9)];
const crossing = [rectangle(1, 1, 6, 6), rectangle(4, 4, 9, 9), rectangle(4, 1, 9, 6)];

describe.each([
  ['nested', nested],
  ['leaning', leaning],
  ['crossing', crossing],
  ['single', nested.slice(0, 1)],
])('%s masks', (_, masks) => {
  it('have every part of their borders drawn, and nothing else', () => {
    const pixels = painted(masks);
    for (const { a, b, isBorder } of edges(masks)) {
      expect([a, b, sidesDrawn(pixels, a, b) > 0]).toEqual([a, b, isBorder]);
    }
  });
});

it('draws the borders of masks that only contain each other on one side: thin', () => {
  const pixels = painted(nested);
  const sides = edges(nested).map(({ a, b }) => sidesDrawn(pixels, a, b));
  expect(Math.max(...sides)).toBe(1);
});

it('shares masks whose borders coincide out so that fewer lines are drawn on both sides', () => {
  const doubled = (masks: readonly Mask[]): number => {
    const pixels = painted(masks);
    return edges(masks).filter(({ a, b }) => sidesDrawn(pixels, a, b) === 2).length;
  };
  const shares = shareOut(leaning);
  expect(shares.flat().sort((a, b) => a.area - b.area)).toEqual(leaning);
  expect(doubled(shares[0]) + doubled(shares[1])).toBeLessThan(doubled(leaning));
});

it('keeps masks together that need no second labelmap', () => {
  expect(shareOut(nested)).toEqual([nested, []]);
});

it('paints nothing for no masks and for empty ones', () => {
  const empty = encodeMask(new Uint8Array(WIDTH * HEIGHT), WIDTH, HEIGHT);
  expect(painted([])).toEqual(new Uint8Array(WIDTH * HEIGHT));
  expect(painted([empty])).toEqual(new Uint8Array(WIDTH * HEIGHT));
  expect(shareOut([]).flat()).toEqual([]);
  expect(shareOut([empty]).flat()).toEqual([empty]);
});
