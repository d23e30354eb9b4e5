import { boundsOf, containsPixel } from '../../../extension/src/core/image/mask';
import { lookOf } from '../../../extension/src/core/view/glance';
import { clickAt } from '../a-blob-to-segment';
import { fakeDescription } from '../network/fake-network';

const size = fakeDescription.outputSize;
const grid = { width: 64, height: 64, spacing: { x: 1, y: 1, unit: 'mm' } } as const;
/** Two pixels of the slice to a model pixel. */
const crop = { centre: { x: 31.5, y: 31.5 }, side: 64 };

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** What a glance shows that sees these boxes, in model pixels, at clicks on the model pixels (10, 10), (25, 10) and (10, 25). */
function lookAt(...boxes: readonly Box[]) {
  const mean = Float32Array.from({ length: size * size }, (_, i) => {
    const [u, v] = [i % size, Math.floor(i / size)];
    return boxes.some(([left, top, right, bottom]) => u >= left && u <= right && v >= top && v <= bottom)
      ? 1
      : 0;
  });
  const prompts = [clickAt(20.5, 20.5), clickAt(50.5, 20.5), clickAt(20.5, 50.5)];
  return lookOf({ crop, mean }, prompts, grid, fakeDescription);
}

describe('what a glance shows at the prompts', () => {
  it.each<[string, Box]>([
    ['across', [8, 9, 23, 12]],
    ['down', [9, 8, 12, 23]],
  ])('fills a share of the view by the longer side of its structure, be it %s', (_, box) => {
    expect(lookAt(box)?.share).toBe(0.5);
  });

  it.each<[string, Box]>([
    ['across', [22, 8, 27, 11]],
    ['down', [8, 22, 11, 27]],
  ])('fills it from the one to the other where two clicks show two parts, be it %s', (_, other) => {
    expect(lookAt([8, 8, 11, 11], other)?.share).toBe(20 / size);
  });

  it('is its structure on the slice, without what lies elsewhere', () => {
    const mask = lookAt([8, 8, 11, 11], [20, 20, 30, 30])?.mask;
    expect(mask && boundsOf(mask)).toEqual({ left: 16, right: 23, top: 16, bottom: 23 });
  });

  it('is two structures where they share but a corner', () => {
    const look = lookAt([8, 8, 11, 11], [12, 12, 30, 30]);
    expect(look?.share).toBe(4 / size);
    expect(look && containsPixel(look.mask, 40, 40)).toBe(false);
  });

  it('is nothing where it sees nothing there', () => {
    expect(lookAt([20, 20, 30, 30])).toBeNull();
  });
});
