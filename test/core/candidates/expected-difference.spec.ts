import { expectedDifference } from '../../../extension/src/core/candidates/expected-difference';

describe('the expected difference of two readers', () => {
  it('is what their drawings would differ by: 1 - Dice of draws from the map', () => {
    // Two pixels that all draw, two that every second one draws: areas 3 and 3, of which 1 differs on average.
    expect(expectedDifference(Float32Array.from([1, 1, 0.5, 0.5, 0]))).toBeCloseTo(1 / 6, 6);
  });

  it('is nothing where all are of one mind, and where there is nothing', () => {
    expect(expectedDifference(Float32Array.from([1, 1, 0, 0]))).toBe(0);
    expect(expectedDifference(new Float32Array(4))).toBe(0);
  });

  it('does not count a large background that nobody believes in', () => {
    expect(expectedDifference(Float32Array.from([1, ...Array<number>(1000).fill(0.04)]))).toBe(0);
  });
});
