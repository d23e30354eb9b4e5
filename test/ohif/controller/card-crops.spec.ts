import { expect, it } from '@jest/globals';
import type { Crop } from '../../../extension/src/core/image/crop';
import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import { cardCrops } from '../../../extension/src/ohif/controller/card-crops';

const SIDE = 400;
const grid = { width: SIDE, height: SIDE, spacing: { x: 1, y: 1, unit: 'mm' as const } };
const fallback: Crop = { centre: { x: 200, y: 200 }, side: 100 };

/** A square of the given side around the middle. */
function square(side: number): Mask {
  const from = SIDE / 2 - side / 2;
  const inside = (at: number): boolean => at >= from && at < from + side;
  const pixels = Array.from({ length: SIDE * SIDE }, (_, i) =>
    Number(inside(i % SIDE) && inside(Math.floor(i / SIDE))),
  );
  return encodeMask(pixels, SIDE, SIDE);
}

it('shows masks of similar size at one scale that holds all of them', () => {
  const { recommended, candidates } = cardCrops(square(40), [square(30), square(60)], grid, fallback);
  expect(candidates).toEqual([recommended, recommended]);
  expect(recommended.side).toBeGreaterThan(60);
});

it('gives a mask that is far larger a scale of its own, so that the differences of the others stay visible', () => {
  const { recommended, candidates } = cardCrops(square(40), [square(30), square(200)], grid, fallback);
  expect(candidates[0]).toEqual(recommended);
  expect(recommended.side).toBeLessThan(80);
  expect(candidates[1]?.side).toBeGreaterThan(200);
});

it('shows what the model looked at where nothing was found', () => {
  expect(cardCrops(square(0), [], grid, fallback).recommended).toEqual(fallback);
});
