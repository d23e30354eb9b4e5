import {
  boundsOf,
  containsPixel,
  decodeMask,
  decodeWithin,
  dice,
  encodeMask,
  intersectionArea,
  intersectionOverUnion,
  jointBounds,
} from '../../../extension/src/core/image/mask';
import { seededRandom } from '../../../extension/src/core/random';
import { emptyMask } from './empty-mask';

const width = 13;
const height = 9;

function randomPixels(seed: number, share: number): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: width * height }, () => (random.uniform() < share ? 1 : 0));
}

const grid = (rows: string[]) =>
  encodeMask(
    rows
      .join('')
      .split('')
      .map(cell => (cell === '#' ? 1 : 0)),
    rows[0]?.length ?? 0,
    rows.length,
  );

describe('a run-length mask', () => {
  it.each([0, 0.1, 0.5, 0.9, 1])('gives back the pixels that it was made from (share %d)', share => {
    const pixels = randomPixels(1, share);
    expect(decodeMask(encodeMask(pixels, width, height))).toEqual(pixels);
  });

  it('counts its pixels, and those it shares with another', () => {
    for (let seed = 0; seed < 20; seed++) {
      const a = randomPixels(seed, 0.4);
      const b = randomPixels(seed + 100, 0.6);
      const both = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
      const either = a.reduce((sum, value, i) => sum + Math.max(value, b[i] ?? 0), 0);
      const [maskA, maskB] = [encodeMask(a, width, height), encodeMask(b, width, height)];
      expect(maskA.area).toBe(a.reduce((sum, value) => sum + value, 0));
      expect(intersectionArea(maskA, maskB)).toBe(both);
      expect(intersectionOverUnion(maskA, maskB)).toBeCloseTo(both / either, 12);
      expect(dice(maskA, maskB)).toBeCloseTo((2 * both) / (maskA.area + maskB.area), 12);
    }
  });

  it('knows each pixel, and none outside the image', () => {
    const pixels = randomPixels(5, 0.5);
    const mask = encodeMask(pixels, width, height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) expect(containsPixel(mask, x, y)).toBe(pixels[y * width + x] === 1);
    }
    const full = encodeMask(new Uint8Array(width * height).fill(1), width, height);
    expect(containsPixel(full, -1, 3)).toBe(false);
    expect(containsPixel(full, width, 3)).toBe(false);
    expect(containsPixel(full, 0, height)).toBe(false);
  });

  it('keeps rows apart: a run from one row into the next is bounded by both', () => {
    const mask = grid(['...##', '#....', '.....']);
    expect(mask.runs).toHaveLength(2);
    expect(boundsOf(mask)).toEqual({ left: 0, top: 0, right: 4, bottom: 1 });
  });

  it('has no bounds when it is empty, and is then like another empty one', () => {
    const empty = emptyMask(4, 4);
    expect(boundsOf(empty)).toBeNull();
    expect(dice(empty, emptyMask(4, 4))).toBe(1);
    expect(intersectionOverUnion(empty, emptyMask(4, 4))).toBe(1);
  });

  it('survives being posted to a worker', () => {
    const mask = encodeMask(randomPixels(2, 0.3), width, height);
    expect(structuredClone(mask)).toEqual(mask);
  });
});

describe('masks within a box', () => {
  it.each([
    ['of the whole image', { left: 0, top: 0, right: width - 1, bottom: height - 1 }],
    ['inside the image', { left: 3, top: 2, right: 7, bottom: 5 }],
    ['that reaches beyond the image on every side', { left: -2, top: -1, right: width + 1, bottom: height }],
    ['beside the image', { left: width + 3, top: 0, right: width + 5, bottom: 2 }],
  ])('have the pixels %s', (_, box) => {
    const mask = encodeMask(randomPixels(4, 0.5), width, height);
    const columns = box.right - box.left + 1;
    const expected = Array.from({ length: columns * (box.bottom - box.top + 1) }, (__, i) =>
      Number(containsPixel(mask, box.left + (i % columns), box.top + Math.floor(i / columns))),
    );
    expect([...decodeWithin(mask, box)]).toEqual(expected);
  });

  it('lie within the bounds of all of them, empty ones aside', () => {
    const at = (x: number, y: number) =>
      encodeMask(
        Array.from({ length: width * height }, (_, i) => Number(i === y * width + x)),
        width,
        height,
      );
    const bounds = { left: 2, top: 1, right: 9, bottom: 6 };
    expect(jointBounds([at(2, 6), emptyMask(width, height), at(9, 1)])).toEqual(bounds);
    expect(jointBounds([emptyMask(width, height)])).toBeNull();
  });
});
