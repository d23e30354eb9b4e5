import { recommend } from '../../../extension/src/core/recommended/recommend';
import { samplesOf, size } from '../network/squares';

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
