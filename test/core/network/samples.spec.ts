import { meanMap, meanOfMaps, samplesFromLogits, sigmoid } from '../../../extension/src/core/network/samples';

describe('probabilities of samples', () => {
  it('are the logistic function of the logits to 1e-6', () => {
    for (let logit = -20; logit <= 20; logit += 0.0137) {
      expect(Math.abs(sigmoid(logit) - 1 / (1 + Math.exp(-logit)))).toBeLessThan(1e-6);
    }
  });

  it('are exactly one half where the network is undecided, and 0 and 1 where it is sure', () => {
    expect(sigmoid(0)).toBe(0.5);
    expect(sigmoid(-40)).toBe(0);
    expect(sigmoid(Infinity)).toBe(1);
  });

  it('show a broken network instead of hiding it', () => {
    expect(sigmoid(NaN)).toBeNaN();
  });

  it('leave the logits as they were', () => {
    const logits = Float32Array.of(-1, 0, 1, 2);
    samplesFromLogits(logits, new Float32Array(1), 2, 1);
    expect([...logits]).toEqual([-1, 0, 1, 2]);
  });
});

describe('the mean of samples', () => {
  const maps = Float32Array.of(1, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 1, 0, 0.75);
  const samples = { count: 3, size: 2, dimension: 0, latents: new Float32Array(0), probabilities: maps };

  it('is that of all, or of those that are asked', () => {
    expect(Array.from(meanMap(samples))).toEqual([0.5, 0.5, 0, 0.25]);
    expect(Array.from(meanMap(samples, [0, 1]))).toEqual([0.75, 0.25, 0, 0]);
  });

  it('is that of their logits as well, and leaves them as they were', () => {
    const logits = maps.map(value => 8 * value - 4);
    expect(Array.from(meanOfMaps(logits, 2))).toEqual([0, 0, -4, -2]);
    expect(logits).toEqual(maps.map(value => 8 * value - 4));
  });
});
