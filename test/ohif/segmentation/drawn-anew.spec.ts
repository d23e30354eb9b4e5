import { expect, it } from '@jest/globals';
import { drawnAnew } from '../../../extension/src/ohif/segmentation/drawn-anew';
import { mask } from '../../grid-in-text';

const both = mask('##..##', '##..##');
const left = mask('##....', '##....');
const right = mask('....##', '....##');

it('replaces an earlier drawing of the same structure, and no other structure', () => {
  const smaller = mask('##....', '#.....');
  expect(drawnAnew(smaller, [left, right])).toEqual({ replaced: [left], others: [right] });
});

it('does not replace what another drawing has replaced before', () => {
  expect(drawnAnew(right, [both, left])).toEqual({ replaced: [], others: [left] });
});

it('replaces all drawings of which it is one', () => {
  expect(drawnAnew(both, [left, right])).toEqual({ replaced: [left, right], others: [] });
});

it('keeps what is little like it, also where it lies within: that may be a structure of its own', () => {
  const speck = mask('#.....', '......');
  expect(drawnAnew(mask('.#....', '##....'), [speck, left])).toEqual({ replaced: [left], others: [speck] });
});
