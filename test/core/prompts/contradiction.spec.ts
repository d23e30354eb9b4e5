import { expect, it } from '@jest/globals';
import type { Grid } from '../../../extension/src/core/image/crop';
import { encodeMask } from '../../../extension/src/core/image/mask';
import { contradictionOf } from '../../../extension/src/core/prompts/contradiction';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';

const grid: Grid = { width: 8, height: 2, spacing: { x: 1, y: 1, unit: 'mm' } };
const mask = encodeMask([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], grid.width, grid.height);
const line = (...columns: readonly number[]): Prompt => ({
  kind: 'scribble',
  points: columns.map(x => ({ x, y: 0 })),
  positive: true,
});

it('is the place of a click that says otherwise than the mask, and nothing where it agrees', () => {
  const at = { x: 5.3, y: 0.2 };
  expect(contradictionOf({ kind: 'point', at, positive: true }, mask, grid)).toEqual({ at, positive: true });
  expect(contradictionOf({ kind: 'point', at, positive: false }, mask, grid)).toBeNull();
});

it('is of a line the middle of what lies where the mask is wrong, whichever way it was drawn', () => {
  const middle = { at: { x: 5, y: 0 }, positive: true };
  expect(contradictionOf(line(2, 3, 4, 5, 6), mask, grid)).toEqual(middle);
  expect(contradictionOf(line(6, 5, 4, 3, 2), mask, grid)).toEqual(middle);
});

it('is nothing for a box, nor beside the image', () => {
  const box: Prompt = { kind: 'box', from: { x: 5, y: 0 }, to: { x: 7, y: 1 } };
  expect(contradictionOf(box, mask, grid)).toBeNull();
  expect(contradictionOf(line(-3, 12), mask, grid)).toBeNull();
});
