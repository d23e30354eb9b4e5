import { expect, it } from '@jest/globals';
import { mergeMask, redoMerge, undoMerge } from '../../../extension/src/ohif/segmentation/merge-mask';
import { labelmap, mask } from '../../grid-in-text';

const drawn = mask('.##.', '.##.', '....');
const none = (): boolean => false;

it('adds the mask to what the segment has already on the slice', () => {
  const labels = labelmap('1000', '1000', '1000');
  mergeMask(labels, drawn, 1, none);
  expect(labels).toEqual(labelmap('1110', '1110', '1000'));
});

it('takes what it leaves out of a mask that it replaces away, and nothing else', () => {
  const labels = labelmap('1110', '2110', '1001');
  const replaced = mask('.###', '#.#.', '#...');
  const before = labels.slice();
  const change = mergeMask(labels, drawn, 1, none, { replaced: [replaced], others: [] });
  expect(labels).toEqual(labelmap('1110', '2110', '0001'));
  const after = labels.slice();
  undoMerge(labels, change);
  expect(labels).toEqual(before);
  redoMerge(labels, change);
  expect(labels).toEqual(after);
});

it('takes pixels over from other segments, as a brush does', () => {
  const labels = labelmap('0022', '0022', '0022');
  mergeMask(labels, drawn, 1, none);
  expect(labels).toEqual(labelmap('0112', '0112', '0022'));
});

it('leaves the pixels of locked segments alone', () => {
  const labels = labelmap('0230', '0230', '0000');
  mergeMask(labels, drawn, 1, label => label === 2);
  expect(labels).toEqual(labelmap('0210', '0210', '0000'));
});

it('is taken back and made again exactly, whatever lay there before', () => {
  const before = labelmap('0123', '3210', '0000');
  const labels = before.slice();
  const change = mergeMask(labels, drawn, 1, label => label === 3);
  const after = labels.slice();
  undoMerge(labels, change);
  expect(labels).toEqual(before);
  redoMerge(labels, change);
  expect(labels).toEqual(after);
});

it('restores nothing where something else was drawn over it, of which the history knows nothing', () => {
  const labels = labelmap('0000', '2220', '0000');
  const change = mergeMask(labels, drawn, 1, none);
  labels.set(labelmap('0000', '0030', '0000').subarray(6, 7), 6);
  undoMerge(labels, change);
  expect(labels).toEqual(labelmap('0000', '2230', '0000'));
  redoMerge(labels, change);
  expect(labels).toEqual(labelmap('0110', '2130', '0000'));
});

it('remembers nothing of pixels that it did not change', () => {
  const labels = labelmap('0110', '0110', '0000');
  expect(mergeMask(labels, drawn, 1, none).pixels).toHaveLength(0);
});

it('works on labelmaps of 16 bits too', () => {
  const labels = Uint16Array.from(labelmap('0000', '0000', '0000'));
  const change = mergeMask(labels, drawn, 300, none);
  expect([...labels]).toEqual([0, 300, 300, 0, 0, 300, 300, 0, 0, 0, 0, 0]);
  expect(change.before).toBeInstanceOf(Uint16Array);
});
