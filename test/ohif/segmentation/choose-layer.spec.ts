import { expect, it } from '@jest/globals';
import { encodeMask } from '../../../extension/src/core/image/mask';
import { chooseLayer, type LayerQuestion } from '../../../extension/src/ohif/segmentation/choose-layer';

const grid = (text: string): Uint8Array => Uint8Array.from(text.replace(/\s/g, ''), Number);
const empty = grid('000 000');
/** The mask: the two pixels in the middle column. */
const mask = encodeMask(grid('010 010'), 3, 2);

const choose = (slices: LayerQuestion['slices'], slice: number, label: number): number =>
  chooseLayer({ slices, slice, label, mask });

it('takes the layer in which the segment lies on this slice', () => {
  const liver = grid('111 111');
  const tumour = grid('002 000');
  expect(choose([[liver, tumour]], 0, 2)).toBe(1);
  expect(choose([[liver, tumour]], 0, 1)).toBe(0);
});

it('takes the layer in which the segment lies on the nearest slice where this one has nothing of it', () => {
  const slices = [
    [grid('200 000'), empty],
    [empty, empty],
    [empty, empty],
    [empty, grid('200 000')],
  ];
  expect(choose(slices, 1, 2)).toBe(0);
  expect(choose(slices, 2, 2)).toBe(1);
});

it('takes the first of the layers that hold the segment', () => {
  expect(choose([[empty, grid('200 000'), grid('020 000')]], 0, 2)).toBe(1);
});

it('takes a layer where the pixels are free for a segment that is nowhere yet', () => {
  expect(choose([[grid('010 000'), grid('101 101')]], 0, 3)).toBe(1);
});

it('takes the first layer for a segment that is nowhere yet and finds its pixels taken in all of them', () => {
  expect(choose([[grid('010 000'), grid('000 020')]], 0, 3)).toBe(0);
});

it('passes over layers that cannot be read, and over those that this slice does not have', () => {
  const slices = [[null, empty], [empty, empty, grid('300 000')], []];
  expect(choose(slices, 0, 3)).toBe(1);
});
