import { expect, it } from '@jest/globals';
import { clipPrompt } from '../../../extension/src/core/prompts/clip-prompt';
import type { Grid } from '../../../extension/src/core/image/crop';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';

const grid: Grid = { width: 10, height: 8, spacing: { x: 1, y: 1, unit: 'px' } };
const box = (fromX: number, fromY: number, toX: number, toY: number): Prompt => ({
  kind: 'box',
  from: { x: fromX, y: fromY },
  to: { x: toX, y: toY },
});
const line = (...points: [number, number][]): Prompt => ({
  kind: 'scribble',
  points: points.map(([x, y]) => ({ x, y })),
  positive: true,
});

it('leaves prompts on the image as they are', () => {
  const prompts: Prompt[] = [
    { kind: 'point', at: { x: 9.4, y: -0.5 }, positive: false },
    { kind: 'point', at: { x: -0.5, y: 7.4 }, positive: true },
    box(1, 1, 9, 7),
    line([0, 0], [3, 4]),
  ];
  for (const prompt of prompts) expect(clipPrompt(prompt, grid)).toEqual(prompt);
});

it('cuts a box that is drawn beyond the border at the edges of the image', () => {
  expect(clipPrompt(box(4, 4, 20, -3), grid)).toEqual(box(4, 4, 9, 0));
  expect(clipPrompt(box(4, 4, -2, 30), grid)).toEqual(box(4, 4, 0, 7));
});

it('leaves the points of a line that lie beside the image out', () => {
  expect(clipPrompt(line([8, 2], [9, 2], [12, 2], [9, 3]), grid)).toEqual(line([8, 2], [9, 2], [9, 3]));
});

it.each<Prompt>([
  { kind: 'point', at: { x: 10, y: 2 }, positive: true },
  { kind: 'point', at: { x: NaN, y: NaN }, positive: true },
  box(-2, 3, 5, 5),
  line([3, 8], [3, 4]),
  line(),
])('takes $kind prompts that begin beside the image for none of it', prompt => {
  expect(clipPrompt(prompt, grid)).toBeNull();
});
