import { meanOf, varianceOf } from '../../../extension/src/core/preference/mixture';
import type { Mixture } from '../../../extension/src/core/network/network';
import type { Style } from '../../../extension/src/core/preference/preference';
import { styleMixture, withCase, type JudgedLatents } from '../../../extension/src/core/preference/style';
import { seededRandom } from '../../../extension/src/core/random';

const prior: Mixture = { weights: [1], means: [[0, 0]], variances: [[1, 1]] };

/** 48 latents of the prior, judged by `overlap`. */
function judged(overlap: (z: readonly number[]) => number, seed = 1, from = prior): JudgedLatents {
  const random = seededRandom(seed);
  const drawn = Array.from({ length: 48 }, () =>
    [0, 1].map(d => (from.means[0]?.[d] ?? 0) + Math.sqrt(from.variances[0]?.[d] ?? 1) * random.normal()),
  );
  return { latents: Float32Array.from(drawn.flat()), overlaps: drawn.map(overlap) };
}

function after(cases: readonly JudgedLatents[], from = prior): Style | undefined {
  return cases.reduce<Style | undefined>((style, each) => withCase(style, each, from), undefined);
}

function place(cases: readonly JudgedLatents[], from = prior): number[] {
  const style = after(cases, from);
  return style === undefined ? [] : meanOf(styleMixture(style, from));
}

/** Best at z = (1, 0); the second direction does nothing. */
const generous = (z: readonly number[]): number => 0.8 - 0.04 * ((z[0] ?? 0) - 1) ** 2;

describe('the style that accepted masks tell', () => {
  it('lies where masks come nearest to them, and is the surer of it the more cases there are', () => {
    const [once = 0] = place([judged(generous), judged(generous, 9)]);
    const [often = 0, idle = 9] = place([1, 2, 3, 4, 5].map(seed => judged(generous, seed)));
    // The prior's share holds it back a little for ever.
    const best = 0.85;
    expect(once).toBeGreaterThan(0.2);
    expect(once).toBeLessThan(best);
    expect(Math.abs(often - best)).toBeLessThan(Math.abs(once - best));
    expect(Math.abs(idle)).toBeLessThan(0.15);
  });

  it('is not told by one case alone', () => {
    expect(Math.abs(place([judged(generous)])[0] ?? 9)).toBeLessThan(1e-9);
  });

  it('comes to nothing where one case takes back what another said', () => {
    const tight = (z: readonly number[]): number => 0.8 - 0.04 * ((z[0] ?? 0) + 1) ** 2;
    const cases = [generous, tight, generous, tight].map((overlap, i) => judged(overlap, i));
    expect(Math.abs(place(cases)[0] ?? 9)).toBeLessThan(0.15);
  });

  it('is told less of by few samples, of a bend still less than of a slope', () => {
    /** The share of what the first samples show along the first direction that is believed: as a slope (0) or a bend (1). */
    const believed = (count: number, term: 0 | 1): number => {
      const { latents, overlaps } = judged(([u = 0]) => 0.7 + 0.02 * (term === 0 ? u : (u * u - 1) / 2));
      const first = { latents: latents.subarray(0, 2 * count), overlaps: overlaps.slice(0, count) };
      return (withCase(undefined, first, prior).terms[term]?.[0] ?? NaN) / 0.02;
    };
    expect(believed(6, 0)).toBeLessThan(0.8);
    expect(believed(48, 0)).toBeGreaterThan(0.9);
    for (const count of [6, 48]) expect(believed(count, 1)).toBeLessThan(0.8 * believed(count, 0));
  });

  it('is not told by a case on which the samples show another structure', () => {
    const elsewhere = (z: readonly number[]): number => 0.1 + 0.05 * (z[0] ?? 0);
    expect(after([judged(z => Math.min(0.39, elsewhere(z)))])).toEqual({
      answers: 0,
      terms: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      scatter: [0, 0],
    });
    const told = [judged(generous), judged(generous, 2)];
    expect(place([...told, judged(z => Math.min(0.39, elsewhere(z)))])).toEqual(place(told));
  });

  it('never leaves the region that the network knows', () => {
    const more = (z: readonly number[]): number => 0.6 + 0.1 * (z[0] ?? 0);
    const style = after([1, 2, 3, 4, 5, 6].map(seed => judged(more, seed)));
    if (style === undefined) throw new Error('no style');
    const distance = Math.hypot(...(styleMixture(style, prior).means[0] ?? []));
    expect(distance).toBeGreaterThan(1.5);
    expect(distance).toBeLessThanOrEqual(2.5 + 1e-9);
  });

  it('is counted in deviations of the prior, whatever the scale of a bundle', () => {
    const wide: Mixture = { weights: [1], means: [[5, -3]], variances: [[100, 0.01]] };
    const scaled = (z: readonly number[]): number =>
      generous([((z[0] ?? 0) - 5) / 10, ((z[1] ?? 0) + 3) / 0.1]);
    const [plain = 0] = place([judged(generous), judged(generous, 2)]);
    const [first = 0, second = 0] = place([judged(scaled, 1, wide), judged(scaled, 2, wide)], wide);
    expect(plain).toBeGreaterThan(0.1);
    expect((first - 5) / 10).toBeCloseTo(plain, 4);
    expect(second).toBeCloseTo(-3, 1);
  });

  it('follows a reader who changes', () => {
    const early = Array.from({ length: 10 }, (_, seed) => judged(generous, seed));
    const tight = (z: readonly number[]): number => 0.8 - 0.04 * ((z[0] ?? 0) + 1) ** 2;
    const late = Array.from({ length: 40 }, (_, seed) => judged(tight, 20 + seed));
    expect(place([...early, ...late])[0]).toBeLessThan(-0.1);
  });

  it('stays at a best place that has a steep and a flat side', () => {
    const lopsided = (z: readonly number[]): number => {
      const radius = Math.min(0.95, Math.max(0.05, 0.5 + 0.2 * (z[0] ?? 0))) / 0.5;
      return Math.min(radius, 1 / radius) ** 2;
    };
    const cases = [1, 2, 3, 4, 5].map(seed => judged(lopsided, seed));
    expect(Math.abs(place(cases)[0] ?? 9)).toBeLessThan(0.25);
  });

  it('leaves the user a choice: the samples do not narrow to one way of drawing', () => {
    const style = after(Array.from({ length: 20 }, (_, seed) => judged(generous, seed)));
    if (style === undefined) throw new Error('no style');
    const mixture = styleMixture(style, prior);
    for (const variance of varianceOf(mixture)) expect(variance).toBeGreaterThan(0.4);
    expect(mixture.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  it('leaves what was known before as it was: undo keeps it', () => {
    const before = after([judged(generous)]);
    const copy = structuredClone(before);
    withCase(before, judged(generous, 2), prior);
    expect(before).toEqual(copy);
  });
});
