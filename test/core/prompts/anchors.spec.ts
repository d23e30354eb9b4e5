import { expect, it } from '@jest/globals';
import { promptAnchors, withRegion } from '../../../extension/src/core/prompts/anchors';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';

const size = 8;
const grid = { width: 16, height: 16, spacing: { x: 1, y: 1, unit: 'mm' } } as const;
/** Two pixels of the slice to a model pixel. */
const crop = { centre: { x: 7.5, y: 7.5 }, side: 16 };

const point = (x: number, y: number, positive = true): Prompt => ({ kind: 'point', at: { x, y }, positive });
const drawn = (...prompts: readonly Prompt[]): string[] => {
  const anchors = promptAnchors(prompts, crop, grid, size);
  return Array.from({ length: size }, (_, v) =>
    Array.from(anchors.subarray(v * size, (v + 1) * size), anchor => (anchor === 1 ? '#' : '.')).join(''),
  );
};
const nothing = '........';

it('say that the structure is at a positive click, or a pixel beside it, and nothing of a negative one', () => {
  const around = [nothing, nothing, '...###..', '...###..', '...###..', nothing, nothing, nothing];
  expect(drawn(point(8.5, 6.5), point(2, 2, false))).toEqual(around);
});

it('end at the border of the crop', () => {
  const corner = ['##......', '##......', ...Array<string>(6).fill(nothing)];
  expect(drawn(point(0.5, 0.5))).toEqual(corner);
  const opposite = [...Array<string>(6).fill(nothing), '......##', '......##'];
  expect(drawn(point(14.5, 14.5))).toEqual(opposite);
  expect(drawn(point(40, 40))).toEqual(Array<string>(8).fill(nothing));
});

it('fill a box, whichever way it was drawn', () => {
  const filled = [nothing, '..####..', '..####..', '..####..', nothing, nothing, nothing, nothing];
  const [one, other] = [
    { x: 4.5, y: 6.5 },
    { x: 10.5, y: 2.5 },
  ];
  expect(drawn({ kind: 'box', from: one, to: other })).toEqual(filled);
  expect(drawn({ kind: 'box', from: other, to: one })).toEqual(filled);
});

it('are joined by what a map shows, and stay as they were themselves', () => {
  const anchors = Uint8Array.of(1, 0, 0);
  expect(withRegion(anchors, Float32Array.of(0, 0.6, 0.5), 0.5)).toEqual(Uint8Array.of(1, 1, 0));
  expect(anchors).toEqual(Uint8Array.of(1, 0, 0));
});
