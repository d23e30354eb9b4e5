import { expect, it } from '@jest/globals';
import { byPlace, indexBeside } from '../../../extension/src/ohif/host/beside-in-stack';

/** Index of the image beside each, -1 at the end. */
const all = (places: readonly (string | null)[], step: 1 | -1): number[] =>
  places.map((_, index) => indexBeside(byPlace(places), index, step) ?? -1);

it('is the next image in a series with one image at each place', () => {
  expect(all(['a', 'b', 'c'], 1)).toEqual([1, 2, -1]);
  expect(all(['a', 'b', 'c'], -1)).toEqual([-1, 0, 1]);
});

it('is the image of the same echo at the next place, where the echoes lie beside each other', () => {
  expect(all(['a', 'a', 'b', 'b', 'c', 'c'], 1)).toEqual([2, 3, 4, 5, -1, -1]);
  expect(all(['a', 'a', 'b', 'b', 'c', 'c'], -1)).toEqual([-1, -1, 0, 1, 2, 3]);
});

it('stays within one moment, where all images of a moment lie one after another', () => {
  expect(all(['a', 'b', 'c', 'a', 'b', 'c'], 1)).toEqual([1, 2, -1, 4, 5, -1]);
  expect(all(['a', 'b', 'c', 'a', 'b', 'c'], -1)).toEqual([-1, 0, 1, -1, 3, 4]);
});

it('passes over no place where only some have a second image', () => {
  expect(all(['a', 'b', 'b', 'c'], 1)).toEqual([1, 3, 3, -1]);
  expect(all(['a', 'b', 'b', 'c'], -1)).toEqual([-1, 0, 0, 1]);
});

it('is the next image where none tells its place, or all have the same', () => {
  expect(all([null, null, null], 1)).toEqual([1, 2, -1]);
  expect(all(['a', 'a', 'a'], -1)).toEqual([-1, 0, 1]);
});
