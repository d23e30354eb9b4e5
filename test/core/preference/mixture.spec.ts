import { fitMixture } from '../../../extension/src/core/preference/expectation-maximisation';
import { drawMixture, logDensity, meanOf, varianceOf } from '../../../extension/src/core/preference/mixture';
import type { Mixture } from '../../../extension/src/core/network/network';
import { seededRandom } from '../../../extension/src/core/random';

const two: Mixture = {
  weights: [0.25, 0.75],
  means: [
    [-3, 0],
    [1, 2],
  ],
  variances: [
    [0.25, 1],
    [1, 0.04],
  ],
};

const floor = [0.01, 0.01];
const equal = (count: number) => Array<number>(count).fill(1 / count);

describe('a mixture', () => {
  it('draws each component in its proportion, with its mean and variance', () => {
    const draws = drawMixture(two, 4000, seededRandom(1));
    const first = Array.from({ length: 4000 }, (_, n) => draws[2 * n] ?? 0);
    const second = Array.from({ length: 4000 }, (_, n) => draws[2 * n + 1] ?? 0);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const [m0 = 0, m1 = 0] = meanOf(two);
    const [v0 = 0, v1 = 0] = varianceOf(two);
    expect(Math.abs(mean(first) - m0)).toBeLessThan(0.05);
    expect(Math.abs(mean(second) - m1)).toBeLessThan(0.05);
    expect(Math.abs(mean(first.map(z => (z - m0) ** 2)) - v0)).toBeLessThan(0.2);
    expect(Math.abs(mean(second.map(z => (z - m1) ** 2)) - v1)).toBeLessThan(0.1);
  });

  it('holds every component in a small batch', () => {
    const draws = drawMixture(two, 8, seededRandom(2));
    const left = Array.from({ length: 8 }, (_, n) => draws[2 * n] ?? 0).filter(z => z < -1.5).length;
    expect(left).toBe(2);
  });

  it('has the density of its formula', () => {
    const one: Mixture = { weights: [1], means: [[1]], variances: [[4]] };
    expect(logDensity(one, [3])).toBeCloseTo(Math.log(Math.exp(-0.5) / (2 * Math.sqrt(2 * Math.PI))), 12);
    const both = logDensity(two, [0, 1]);
    const part = (m: number) =>
      Math.exp(
        logDensity(
          { weights: [1], means: [two.means[m] ?? []], variances: [two.variances[m] ?? []] },
          [0, 1],
        ),
      );
    expect(Math.exp(both)).toBeCloseTo(0.25 * part(0) + 0.75 * part(1), 12);
  });

  it('has no density where none of its components reaches', () => {
    const needle: Mixture = { weights: [1, 0], means: [[0], [1]], variances: [[1e-320], [1]] };
    expect(Math.exp(logDensity(needle, [1]))).toBe(0);
  });
});

describe('fitting', () => {
  const latents = drawMixture(two, 2000, seededRandom(3));
  const data = { latents, weights: equal(2000), dimension: 2 };
  const likelihood = (mixture: Mixture) =>
    data.weights.reduce((sum, w, n) => sum + w * logDensity(mixture, latents.subarray(2 * n, 2 * n + 2)), 0);

  it('finds the components that made the samples', () => {
    const fitted = fitMixture(data, { components: 2, varianceFloor: floor, iterations: 40 }, seededRandom(4));
    const order = fitted.means
      .map((_, m) => m)
      .sort((a, b) => (fitted.means[a]?.[0] ?? 0) - (fitted.means[b]?.[0] ?? 0));
    order.forEach((m, k) => {
      expect(fitted.weights[m]).toBeCloseTo(two.weights[k] ?? 0, 1);
      fitted.means[m]?.forEach((value, d) =>
        expect(Math.abs(value - (two.means[k]?.[d] ?? 0))).toBeLessThan(0.12),
      );
    });
  });

  it('begins at places that are far from each other: of as many groups as components it misses none', () => {
    const groups = [
      [-9, 0],
      [0, 9],
      [9, 0],
    ];
    const around = {
      weights: [1 / 3, 1 / 3, 1 / 3],
      means: groups,
      variances: groups.map(() => [0.01, 0.01]),
    };
    for (let seed = 1; seed <= 5; seed++) {
      const drawn = drawMixture(around, 60, seededRandom(seed));
      const { means } = fitMixture(
        { latents: drawn, weights: equal(60), dimension: 2 },
        { components: 3, varianceFloor: floor, iterations: 5 },
        seededRandom(seed),
      );
      const found = [...means].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
      expect(found).toEqual(groups.map(each => each.map(value => expect.closeTo(value, 0))));
    }
  });

  it('never lowers the likelihood from one iteration to the next', () => {
    let before = -Infinity;
    for (let iterations = 1; iterations <= 15; iterations++) {
      const fitted = fitMixture(
        data,
        { components: 3, varianceFloor: [1e-9, 1e-9], iterations },
        seededRandom(5),
      );
      const now = likelihood(fitted);
      expect(now).toBeGreaterThanOrEqual(before - 1e-9);
      before = now;
    }
  });

  it('keeps the weighted mean of the samples, whatever the number of components', () => {
    const random = seededRandom(6);
    const raw = data.weights.map(() => random.uniform() ** 4);
    const total = raw.reduce((a, b) => a + b, 0);
    const weights = raw.map(w => w / total);
    const fitted = fitMixture(
      { ...data, weights },
      { components: 4, varianceFloor: floor, iterations: 10 },
      random,
    );
    const mean = [0, 1].map(d => weights.reduce((sum, w, n) => sum + w * (latents[2 * n + d] ?? 0), 0));
    meanOf(fitted).forEach((value, d) => expect(value).toBeCloseTo(mean[d] ?? 0, 1));
    expect(fitted.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  it('does not become narrower than the floor, even on a single sample', () => {
    const single = { latents: Float32Array.of(1, 2, 5, 5), weights: [1, 0], dimension: 2 };
    const fitted = fitMixture(
      single,
      { components: 3, varianceFloor: [0.1, 0.2], iterations: 10 },
      seededRandom(7),
    );
    expect(fitted).toEqual({ weights: [1], means: [[1, 2]], variances: [[0.1, 0.2]] });
  });
});
