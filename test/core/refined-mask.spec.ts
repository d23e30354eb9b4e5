import { logitsOf, refinedMask } from '../../extension/src/core/refined-mask';

describe('the logits that a round keeps', () => {
  it('come back to an eighth', () => {
    const logits = Float32Array.from({ length: 200 }, (_, i) => -31 + i * 0.31);
    logitsOf(refinedMask(logits, false)).forEach((value, i) =>
      expect(Math.abs(value - (logits[i] ?? NaN))).toBeLessThanOrEqual(0.125),
    );
  });

  it('are cut off where they say no more', () => {
    expect(Array.from(logitsOf(refinedMask(Float32Array.of(-400, 400), true)))).toEqual([-32, 31.75]);
  });

  it('take a byte each', () => {
    expect(refinedMask(new Float32Array(65_536), true).quarterLogits.byteLength).toBe(65_536);
  });
});
