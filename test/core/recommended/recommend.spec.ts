import { recommend } from '../../../extension/src/core/recommended/recommend';
import type { Samples } from '../../../extension/src/core/network/samples';
import { tendencyOf } from '../../../extension/src/core/proposal/tendency';

const size = 20;

/** Squares in the corner with the given side and probability, and far from it a blob of its own. */
function samplesOf(squares: readonly { side: number; p: number }[], far = 0): Samples {
  const probabilities = new Float32Array(squares.length * size * size);
  squares.forEach(({ side, p }, n) => {
    for (let i = 0; i < size * size; i++) {
      const u = i % size;
      const v = Math.floor(i / size);
      probabilities[n * size * size + i] = u < side && v < side ? p : u > 16 && v > 16 ? far : 0;
    }
  });
  return { count: squares.length, size, dimension: 0, latents: new Float32Array(0), probabilities };
}

const anchorAt = (u: number, v: number) =>
  Uint8Array.from({ length: size * size }, (_, i) => (i === v * size + u ? 1 : 0));

describe('the recommended mask', () => {
  it('is the mean of the samples above the threshold', () => {
    const result = recommend(
      samplesOf([
        { side: 5, p: 1 },
        { side: 5, p: 0.4 },
      ]),
      0.5,
      anchorAt(2, 2),
      null,
    );
    expect(result?.threshold).toBe(0.5);
    expect(result?.tidy[0]).toBeCloseTo(0.7, 6);
  });

  it('leaves out what is not at the prompt', () => {
    const result = recommend(samplesOf([{ side: 5, p: 0.9 }], 0.9), 0.5, anchorAt(2, 2), null);
    expect(result?.mean[size * size - 1]).toBeCloseTo(0.9, 6);
    expect(result?.tidy[size * size - 1]).toBe(0);
  });

  it('keeps what the previous mask had elsewhere', () => {
    const previous = new Float32Array(size * size);
    previous[18 * size + 18] = 1;
    const result = recommend(samplesOf([{ side: 5, p: 0.9 }], 0.9), 0.5, anchorAt(2, 2), {
      map: previous,
      correctedAt: null,
    });
    expect(result?.tidy[size * size - 1]).toBeGreaterThan(0.5);
  });

  it('counts the mask on which the user builds beside the samples', () => {
    const previous = new Float32Array(size * size);
    previous[3] = 1;
    const result = recommend(samplesOf([{ side: 5, p: 0.4 }]), 0.5, anchorAt(2, 2), {
      map: previous,
      correctedAt: null,
    });
    expect(result?.mean[3]).toBeCloseTo(0.7 * 0.4 + 0.3, 6);
    expect(result?.mean[4]).toBeCloseTo(0.7 * 0.4, 6);
  });

  it('does not count a mask around the click that corrects it, and counts it in full at the other end', () => {
    // The previous mask is the upper left square of 12 pixels; the click corrects its upper left corner.
    const previous = Float32Array.from({ length: size * size }, (_, i) =>
      i % size < 12 && i < 12 * size ? 1 : 0,
    );
    const result = recommend(samplesOf([{ side: 12, p: 0.4 }]), 0.5, anchorAt(2, 2), {
      map: previous,
      correctedAt: { x: 1, y: 1 },
    });
    expect(result?.mean[3 * size + 1]).toBeCloseTo(0.4, 6);
    expect(result?.mean[1 * size + 7]).toBeCloseTo(0.4 + 0.5 * 0.3 * 0.6, 6);
    expect(result?.mean[11 * size + 11]).toBeCloseTo(0.7 * 0.4 + 0.3, 6);
  });

  it('asks the most willing samples where the mean sees nothing at the prompt', () => {
    const shy = Array.from({ length: 11 }, () => ({ side: 5, p: 0.01 }));
    const result = recommend(samplesOf([...shy, { side: 5, p: 0.6 }]), 0.5, anchorAt(2, 2), null);
    expect(result?.threshold).toBeLessThan(0.31);
    expect(result?.tidy[2 * size + 2]).toBeGreaterThan(result?.threshold ?? 1);
  });

  it('asks those that are most willing at the prompt, whatever they see elsewhere', () => {
    const shy = Array.from({ length: 11 }, () => ({ side: 5, p: 0.01 }));
    const result = recommend(samplesOf([...shy, { side: 5, p: 0.6 }], 0.9), 0.5, anchorAt(2, 2), null);
    expect(result?.threshold).toBeLessThan(0.31);
    expect(result?.tidy[2 * size + 2]).toBeGreaterThan(result?.threshold ?? 1);
  });

  it('is null where not even they see anything', () => {
    expect(recommend(samplesOf([{ side: 5, p: 0.01 }]), 0.5, anchorAt(2, 2), null)).toBeNull();
  });
});

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
