import { deriveSeed, seededRandom } from '../../extension/src/core/random';

const many = (next: () => number, count = 20000) => Array.from({ length: count }, next);
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('seeded chance', () => {
  it('repeats itself for the same seed and stream, and for nothing else', () => {
    const take = (seed: number, stream: number) => many(seededRandom(seed, stream).uniform, 5);
    expect(take(1, 2)).toEqual(take(1, 2));
    expect(take(1, 2)).not.toEqual(take(1, 3));
    expect(take(1, 2)).not.toEqual(take(2, 2));
  });

  it('keeps its sequence from release to release: recorded sessions depend on it', () => {
    const random = seededRandom(42);
    expect([random.uniform(), random.uniform(), random.normal()]).toMatchInlineSnapshot(`
     [
       0.162016942165792,
       0.7093585170805454,
       -0.7846352559800247,
     ]
    `);
  });

  it('is uniform in 0..1', () => {
    const values = many(seededRandom(7).uniform);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(mean(values)).toBeCloseTo(0.5, 1);
    expect(mean(values.map(v => (v - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
  });

  it('is standard normal', () => {
    const values = many(seededRandom(8).normal);
    expect(Math.abs(mean(values))).toBeLessThan(0.03);
    expect(Math.abs(mean(values.map(v => v * v)) - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean(values.map(v => v ** 4)) - 3)).toBeLessThan(0.3);
  });

  it('derives different seeds for different counters', () => {
    const seeds = new Set(Array.from({ length: 1000 }, (_, i) => deriveSeed(5, i)));
    expect(seeds.size).toBe(1000);
    expect(deriveSeed(5, 3)).toBe(deriveSeed(5, 3));
  });
});
