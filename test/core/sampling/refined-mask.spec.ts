import type { Crop, Grid } from '../../../extension/src/core/image/crop';
import {
  logitsOf,
  probabilitiesOnCrop,
  refinedMask,
  refinedProbabilities,
} from '../../../extension/src/core/sampling/refined-mask';

const grid: Grid = { width: 64, height: 64, spacing: { x: 1, y: 1, unit: 'px' } };
const crop: Crop = { centre: { x: 31.5, y: 31.5 }, side: 32 };

describe('the logits that a round keeps', () => {
  it('come back to an eighth', () => {
    const logits = Float32Array.from({ length: 200 }, (_, i) => -31 + i * 0.31);
    logitsOf(refinedMask(logits, crop, false)).forEach((value, i) =>
      expect(Math.abs(value - (logits[i] ?? NaN))).toBeLessThanOrEqual(0.125),
    );
  });

  it('are cut off where they say no more', () => {
    expect(Array.from(logitsOf(refinedMask(Float32Array.of(-400, 400), crop, true)))).toEqual([-32, 31.75]);
  });

  it('take a byte each', () => {
    expect(refinedMask(new Float32Array(65_536), crop, true).quarterLogits.byteLength).toBe(65_536);
  });
});

describe('the probabilities that a round keeps', () => {
  /** Rising from left to right, certain at both ends. */
  const ramp = Float32Array.from({ length: 16 * 16 }, (_, i) => (i % 16) / 15);

  it('come back on their own crop, the certain ones as well', () => {
    const back = probabilitiesOnCrop(refinedProbabilities(ramp, crop), crop, grid, 16);
    back.forEach((p, i) => expect(Math.abs(p - (ramp[i] ?? NaN))).toBeLessThan(0.035));
    expect(back[0]).toBeLessThan(1e-6);
    expect(back[15]).toBeGreaterThan(1 - 1e-6);
  });

  it('stay at their place on the slice when the field of view changes, and are none where nothing is known', () => {
    const refined = refinedProbabilities(ramp, crop);
    const moved = probabilitiesOnCrop(refined, { centre: { x: 39.5, y: 31.5 }, side: 32 }, grid, 16);
    // Eight slice pixels to the right are four model pixels.
    expect(moved[8 * 16 + 4]).toBeCloseTo(ramp[8] ?? NaN, 1);
    expect(moved[8 * 16 + 11]).toBeGreaterThan(0.99);
    expect(moved[8 * 16 + 12]).toBe(0);
    const nearer = probabilitiesOnCrop(refined, { centre: crop.centre, side: 16 }, grid, 16);
    expect(nearer[8 * 16]).toBeCloseTo(((ramp[3] ?? NaN) + 3 * (ramp[4] ?? NaN)) / 4, 1);
  });
});
