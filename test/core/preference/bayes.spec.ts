import { bayesEngine, effectiveSize, sampleWeights } from '../../../extension/src/core/preference/bayes';
import { carryOver } from '../../../extension/src/core/preference/carry-over';
import type { Evidence } from '../../../extension/src/core/preference/engine';
import { meanOf, varianceOf } from '../../../extension/src/core/preference/mixture';
import type { Preference } from '../../../extension/src/core/preference/preference';
import { seededRandom } from '../../../extension/src/core/random';
import { sampleMap, type Samples } from '../../../extension/src/core/network/samples';

const size = 24;
const latent = {
  dimension: 2,
  samples: 48,
  components: 4,
  prior: { weights: [1], means: [[0, 0]], variances: [[1, 1]] },
};
const engine = bayesEngine(latent);
const prior: Preference = { engine: 'bayes', mixture: latent.prior, answers: 0 };

/** Discs whose radius follows z[0]; z[1] does nothing. */
function draw(preference: Preference, seed: number): Samples {
  const latents = engine.draw(preference, 48, seededRandom(seed));
  const probabilities = new Float32Array(48 * size * size);
  for (let n = 0; n < 48; n++) {
    const radius = 6 + 2 * (latents[2 * n] ?? 0);
    for (let i = 0; i < size * size; i++) {
      const distance = Math.hypot((i % size) - 11.5, Math.floor(i / size) - 11.5);
      probabilities[n * size * size + i] = 1 / (1 + Math.exp(3 * (distance - radius)));
    }
  }
  return { count: 48, size, dimension: 2, latents, probabilities };
}

function disc(radius: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, i) =>
    Math.hypot((i % size) - 11.5, Math.floor(i / size) - 11.5) <= radius ? 1 : 0,
  );
}

const generous: Evidence = { kind: 'choice', chosen: disc(9), others: [disc(6), disc(4)] };
const click = (u: number, positive: boolean): Evidence => ({ kind: 'marks', at: [{ u, v: 11.5 }], positive });
const learn = (evidence: readonly Evidence[], from = prior, seed = 1) =>
  engine.learn(from, draw(from, seed), evidence, seededRandom(seed)).preference;

describe('what an answer teaches', () => {
  it('follows the chosen candidate', () => {
    expect(meanOf(learn([generous]).mixture)[0]).toBeGreaterThan(0.7);
    const tight: Evidence = { kind: 'choice', chosen: disc(4), others: [disc(6), disc(9)] };
    expect(meanOf(learn([tight]).mixture)[0]).toBeLessThan(-0.5);
  });

  it('does not depend much on what the answer says nothing about', () => {
    const learnt = learn([generous]).mixture;
    expect(Math.abs(meanOf(learnt)[1] ?? 9)).toBeLessThan(0.5);
    expect(varianceOf(learnt)[1]).toBeGreaterThan(0.4);
  });

  it('counts less at a higher temperature, and nothing at a very high one', () => {
    const centreAt = (adaptationTemperature: number): number => {
      const patient = bayesEngine({ ...latent, adaptationTemperature });
      const learning = patient.learn(prior, draw(prior, 1), [generous], seededRandom(1));
      return meanOf(learning.preference.mixture)[0] ?? 0;
    };
    expect(centreAt(1)).toBe(meanOf(learn([generous]).mixture)[0]);
    expect(centreAt(30)).toBeLessThan(centreAt(1) - 0.2);
    expect(Math.abs(centreAt(1e6))).toBeLessThan(0.3);
  });

  it('sharpens with every answer of one kind', () => {
    const once = learn([generous]);
    const twice = learn([generous], once, 2);
    expect(varianceOf(twice.mixture)[0]).toBeLessThan(varianceOf(prior.mixture)[0] ?? 0);
    expect(Math.abs((meanOf(twice.mixture)[0] ?? 0) - 1.5)).toBeLessThan(
      Math.abs((meanOf(once.mixture)[0] ?? 0) - 1.5) + 0.1,
    );
    expect(twice.answers).toBe(2);
  });

  it('follows clicks: outside the mask wants it larger, a negative one inside smaller', () => {
    expect(meanOf(learn([click(19.5, true)]).mixture)[0]).toBeGreaterThan(0.5);
    expect(meanOf(learn([click(16.5, false)]).mixture)[0]).toBeLessThan(-0.2);
  });

  it('takes a line for one answer of which every point counts', () => {
    const at = [17.5, 18.5, 19.5].map(u => ({ u, v: 11.5 }));
    const line = learn([{ kind: 'marks', at, positive: true }]);
    expect(line.answers).toBe(1);
    expect(line.mixture).toEqual(learn(at.map(({ u }) => click(u, true))).mixture);
  });

  it('counts what was not chosen against what looks like it', () => {
    const samples = draw(prior, 1);
    const weightNear = (others: readonly Float32Array[], radius: number) => {
      const weights = sampleWeights(samples, [{ kind: 'choice', chosen: disc(7), others }]);
      return weights.reduce((sum, weight, n) => {
        const own = 6 + 2 * (samples.latents[2 * n] ?? 0);
        return sum + (Math.abs(own - radius) < 1 ? weight : 0);
      }, 0);
    };
    expect(weightNear([disc(5.5)], 5.5)).toBeLessThan(weightNear([], 5.5));
  });

  it('stays finite under contradictions and answers that fit no sample', () => {
    for (const evidence of [
      [click(11.5, true), click(11.5, false)],
      [click(0, true), click(23, true)],
      [{ kind: 'choice', chosen: new Float32Array(size * size), others: [] }],
      Array<Evidence>(20).fill({ kind: 'choice', chosen: disc(2), others: [disc(11)] }),
    ] satisfies Evidence[][]) {
      const { mixture } = learn(evidence);
      expect(
        [...mixture.weights, ...mixture.means.flat(), ...mixture.variances.flat()].every(Number.isFinite),
      ).toBe(true);
      expect(mixture.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    }
  });

  it('never narrows the samples to a handful', () => {
    const weights = sampleWeights(draw(prior, 1), [
      generous,
      generous,
      generous,
      click(19.5, true),
      click(19.5, true),
    ]);
    expect(effectiveSize(weights)).toBeGreaterThanOrEqual(48 / 8 - 1e-3);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });

  it('leaves the old preference as it was: undo keeps it', () => {
    const before = structuredClone(prior);
    learn([generous]);
    expect(prior).toEqual(before);
  });

  it('is the same for the same seed', () => {
    expect(learn([generous])).toEqual(learn([generous]));
  });

  it('shows in the samples drawn next', () => {
    const area = (samples: Samples) =>
      Array.from({ length: 48 }, (_, n) => sampleMap(samples, n).reduce((a, b) => a + b, 0)).reduce(
        (a, b) => a + b,
      ) / 48;
    expect(area(draw(learn([generous]), 5))).toBeGreaterThan(1.3 * area(draw(prior, 5)));
  });
});

describe('carrying over to the next slice', () => {
  it('starts between what was learnt and the prior', () => {
    const learnt = learn([generous]);
    const next = carryOver(learnt, prior);
    expect(meanOf(next.mixture)[0]).toBeGreaterThan(0.3);
    expect(meanOf(next.mixture)[0]).toBeLessThan(meanOf(learnt.mixture)[0] ?? 0);
    expect(varianceOf(next.mixture)[0]).toBeGreaterThan(varianceOf(learnt.mixture)[0] ?? 0);
    expect(next.answers).toBe(learnt.answers);
  });

  it('is the prior itself as long as nothing was learnt', () => {
    expect(carryOver(prior, prior)).toBe(prior);
  });
});
