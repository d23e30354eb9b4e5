import { expect, it } from '@jest/globals';
import { SpaError } from '../../../extension/src/core/error';
import type { Segment, Segmentation } from '../../../extension/src/ohif/host/cornerstone-types';
import { chooseTarget } from '../../../extension/src/ohif/segmentation/target';

const segmentation = (segments: Record<number, Segment | null>): Segmentation => ({
  segmentationId: 'liver',
  label: 'Liver',
  segments,
  representationData: { Labelmap: { imageIds: [] } },
});

const segment = (segmentIndex: number, active: boolean): Segment => ({ segmentIndex, label: 'S', active });
const unlocked = (): boolean => false;

it('is the active segment of the active segmentation', () => {
  const active = segmentation({ 1: segment(1, false), 3: segment(3, true) });
  expect(chooseTarget({ active, coversSlice: true, isLocked: unlocked })).toEqual({
    segmentationId: 'liver',
    segmentIndex: 3,
  });
});

it('is the first segment where none is active', () => {
  const active = segmentation({ 1: null, 2: segment(2, false), 5: segment(5, false) });
  expect(chooseTarget({ active, coversSlice: true, isLocked: unlocked })?.segmentIndex).toBe(2);
});

it.each([
  ['there is none', { active: null, coversSlice: false }],
  ['it belongs to another series', { active: segmentation({ 1: segment(1, true) }), coversSlice: false }],
])('is a new segmentation where %s', (_, question) => {
  expect(chooseTarget({ ...question, isLocked: unlocked })).toBeNull();
});

it('is a first segment where all were deleted', () => {
  expect(chooseTarget({ active: segmentation({}), coversSlice: true, isLocked: unlocked })).toEqual({
    segmentationId: 'liver',
    segmentIndex: 1,
  });
});

it('refuses a locked segment and says what to do', () => {
  const active = segmentation({ 1: segment(1, true) });
  const choose = (): unknown => chooseTarget({ active, coversSlice: true, isLocked: index => index === 1 });
  expect(choose).toThrow(SpaError);
  expect(choose).toThrow(/Unlock it/);
});
