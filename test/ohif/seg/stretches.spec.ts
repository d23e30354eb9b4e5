import { expect, it } from '@jest/globals';
import { stretchesOf } from '../../../extension/src/ohif/seg/stretches';
import { labelmap } from '../../grid-in-text';

it('finds the first and the last place of every label, others between them or not', () => {
  const labels = labelmap('0120', '0210', '3000');
  expect([...stretchesOf(labels)]).toEqual([
    [1, { labels, first: 1, last: 6 }],
    [2, { labels, first: 2, last: 5 }],
    [3, { labels, first: 8, last: 8 }],
  ]);
});

it('finds nothing where nothing is drawn', () => {
  expect(stretchesOf(labelmap('000')).size).toBe(0);
});
