import { expect, it } from '@jest/globals';
import { certainShare } from '../../../extension/src/core/proposal/certain-share';

it('is the share of what is shown on which nine in ten agree', () => {
  expect(certainShare(Float32Array.of(0, 0.4, 0.6, 0.85, 0.95, 1), 0.5)).toBe(0.5);
  expect(certainShare(Float32Array.of(0, 0.4, 0.6, 0.85, 0.95, 1), 0.3)).toBe(0.4);
});

it('is nothing where nothing is shown', () => {
  expect(certainShare(Float32Array.of(0, 0.2), 0.5)).toBe(0);
});

it('is no more than the whole, of a bundle that shows only what is still surer', () => {
  expect(certainShare(Float32Array.of(0, 0.92, 0.94, 1), 0.95)).toBe(1);
});
