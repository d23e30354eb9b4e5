import { expect, it } from '@jest/globals';
import { softOverlap } from '../../../extension/src/core/preference/likeness';

it('is the intersection over the union of two masks', () => {
  expect(softOverlap(Float32Array.of(1, 1, 0, 0), Float32Array.of(0, 1, 1, 0))).toBeCloseTo(1 / 3, 12);
});

it('is 1 for equal maps, be they empty', () => {
  const doubtful = Float32Array.of(0.5, 0.25, 0);
  expect(softOverlap(doubtful, doubtful)).toBe(1);
  expect(softOverlap(new Float32Array(3), new Float32Array(3))).toBe(1);
});
