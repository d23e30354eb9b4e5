import type { Samples } from '../../../extension/src/core/network/samples';
import { tendencyOf } from '../../../extension/src/core/proposal/tendency';
import { samplesOf, size } from '../network/squares';

describe('the tendency', () => {
  const scale = samplesOf([3, 5, 7, 9, 11].map(side => ({ side, p: 1 })));

  it('ranks the area among what the model can propose', () => {
    const generous = tendencyOf(
      samplesOf([
        { side: 12, p: 1 },
        { side: 10, p: 1 },
      ]),
      scale,
    );
    const tight = tendencyOf(samplesOf([{ side: 2, p: 1 }]), scale);
    expect(generous?.generosity.mean).toBeCloseTo(0.9, 6);
    expect(tight?.generosity.mean).toBe(0);
  });

  it('ranks how smooth the border is, however large the structure', () => {
    /** A square of 8 pixels, of which every second row is only half as long where it is ragged. */
    const squareOf = (ragged: boolean): Samples => {
      const inside = (u: number, v: number): boolean => u < (ragged && v % 2 === 1 ? 4 : 8) && v < 8;
      const probabilities = Float32Array.from({ length: size * size }, (_, i) =>
        inside(i % size, Math.floor(i / size)) ? 1 : 0,
      );
      return { count: 1, size, dimension: 0, latents: new Float32Array(0), probabilities };
    };
    expect(tendencyOf(squareOf(false), squareOf(true))?.smoothness.mean).toBe(1);
    expect(tendencyOf(squareOf(true), squareOf(false))?.smoothness.mean).toBe(0);
    expect(tendencyOf(squareOf(true), samplesOf([{ side: 4, p: 1 }]))?.smoothness.mean).toBe(0);
  });

  it('is in the middle for the prior itself', () => {
    expect(tendencyOf(scale, scale)?.generosity.mean).toBeCloseTo(0.5, 6);
    expect(tendencyOf(scale, scale)?.smoothness.mean).toBeCloseTo(0.5, 6);
  });

  it('is null where the samples show nothing', () => {
    expect(tendencyOf(samplesOf([{ side: 0, p: 1 }]), scale)).toBeNull();
  });
});
