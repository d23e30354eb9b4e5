import { expect, it } from '@jest/globals';
import { decodeMask, type Mask } from '../../../extension/src/core/image/mask';
import {
  structureInSegment,
  type SegmentOnImage,
} from '../../../extension/src/ohif/segmentation/structure-in-segment';
import { mask } from '../../grid-in-text';

/** A segment as drawn: '#' is in it, 'o' in another one. */
function segment(...rows: readonly string[]): SegmentOnImage {
  const width = rows[0]?.length ?? 0;
  const labels = Uint8Array.from(rows.join(''), each => (each === '#' ? 3 : each === 'o' ? 1 : 0));
  return { labels, width, height: rows.length, label: 3 };
}

const rows = (found: Mask | null): string[] | null =>
  found === null
    ? null
    : Array.from({ length: found.height }, (_, y) =>
        [...decodeMask(found).subarray(y * found.width, (y + 1) * found.width)]
          .map(inside => (inside === 1 ? '#' : '.'))
          .join(''),
      );

it('is what was accepted, where nothing was done to it since', () => {
  const accepted = mask('.##...', '.##...');
  expect(rows(structureInSegment(segment('.##..#', '.##...'), [accepted]))).toEqual(['.##...', '.##...']);
});

it('is what a brush has made of it', () => {
  const accepted = mask('.##...', '.##...');
  expect(rows(structureInSegment(segment('..##.#', '...#..'), [accepted]))).toEqual(['..##..', '...#..']);
});

it('is the last one accepted of which anything is left', () => {
  const [first, second] = [mask('##....', '......'), mask('....##', '......')];
  expect(rows(structureInSegment(segment('##..##', '......'), [first, second]))).toEqual([
    '....##',
    '......',
  ]);
  expect(rows(structureInSegment(segment('##....', '......'), [first, second]))).toEqual([
    '##....',
    '......',
  ]);
});

it('does not take another structure along that touches it', () => {
  const [first, second] = [mask('###...', '......'), mask('...###', '......')];
  expect(rows(structureInSegment(segment('######', '.....#'), [first, second]))).toEqual([
    '...###',
    '.....#',
  ]);
});

it('takes along what was part of it before it was drawn anew, and no other segment', () => {
  const [first, second] = [mask('####..', '......'), mask('.####.', '......')];
  expect(rows(structureInSegment(segment('o####o', '......'), [first, second]))).toEqual([
    '.####.',
    '......',
  ]);
});

it('is the whole segment where nothing was accepted, or nothing of it is left', () => {
  expect(rows(structureInSegment(segment('##..##', '......'), []))).toEqual(['##..##', '......']);
  expect(rows(structureInSegment(segment('....##', '......'), [mask('##....', '......')]))).toEqual([
    '....##',
    '......',
  ]);
});

it('is nothing where the segment is empty', () => {
  expect(structureInSegment(segment('oo....', '......'), [mask('##....', '......')])).toBeNull();
});
