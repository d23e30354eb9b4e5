import { expect, it } from '@jest/globals';
import type { LabelledSlice } from '../../../extension/src/ohif/seg/segmentation-source';
import { withThickness } from '../../../extension/src/ohif/seg/slice-thickness';
import { slice } from './source';

function unknown(z: number, orientation: readonly number[] = [1, 0, 0, 0, 1, 0]): LabelledSlice {
  const known = slice(z, '01');
  if (known.geometry === null) throw new Error('The slice has no place.');
  return { ...known, geometry: { ...known.geometry, orientation, sliceThickness: null } };
}

const thicknesses = (slices: readonly LabelledSlice[]): (number | null | undefined)[] =>
  withThickness(slices).map(({ geometry }) => geometry?.sliceThickness);

it('leaves what the images say', () => {
  expect(thicknesses([slice(0, '01'), slice(5, '01')])).toEqual([2.5, 2.5]);
});

it('takes the smallest distance between images for their thickness where they do not say it', () => {
  expect(thicknesses([unknown(10), unknown(0), unknown(4), unknown(20)])).toEqual([4, 4, 4, 4]);
});

it('knows images at one place for what they are', () => {
  expect(thicknesses([unknown(0), unknown(0), unknown(3), unknown(3)])).toEqual([3, 3, 3, 3]);
});

it('measures along the normal, between images that are parallel', () => {
  const tilted = [1, 0, 0, 0, 0.8, -0.6];
  const [first, ...others] = thicknesses([unknown(0), unknown(5, tilted), unknown(10, tilted)]);
  expect(first).toBeNull();
  expect(others).toEqual([expect.closeTo(4), expect.closeTo(4)]);
});

it('makes up no thickness for an image that is alone, or has no place', () => {
  expect(thicknesses([unknown(0)])).toEqual([null]);
  expect(thicknesses([{ ...unknown(0), geometry: null }])).toEqual([undefined]);
});
