import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mixture } from '../../../extension/src/core/network/network';
import type { Preference } from '../../../extension/src/core/preference/preference';
import {
  feedbackPixels,
  mixLatents,
  referenceEngine,
  responsibilities,
} from '../../../extension/src/core/preference/reference';
import { seededRandom } from '../../../extension/src/core/random';
import type { Samples } from '../../../extension/src/core/network/samples';
import { readNpz, type NumberArray } from '../../../tools/npz';

function scalarMixture(
  weights: ArrayLike<number>,
  means: ArrayLike<number>,
  variances: ArrayLike<number>,
): Mixture {
  return {
    weights: Array.from(weights),
    means: Array.from(means, value => [value]),
    variances: Array.from(variances, value => [value]),
  };
}

/** An engine whose masks have a quarter of the input's side, or the same (`perPixel` 1). */
function described(dimension: number, size: number, perPixel = 1) {
  const prior = scalarMixture([0.5, 0.5], [0, 1], [1, 1]);
  return {
    inputSize: size * perPixel,
    outputSize: size,
    latent: { dimension, samples: 2, components: 2, prior },
  };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);
}

describe('the published formulas', () => {
  it('mix all components with one shared draw', () => {
    const mixture = scalarMixture([0.25, 0.75], [1, -1], [4, 0.25]);
    // z = .25 (1 + 2 eps) + .75 (-1 + .5 eps) = -.5 + .875 eps
    expect(Array.from(mixLatents(mixture, Float32Array.of(0, 1, -2)))).toEqual([-0.5, 0.375, -2.25]);
  });

  it('average the normalised responsibilities over pixels', () => {
    const mixture = scalarMixture([0.5, 0.5], [0, 1], [1, 1]);
    // At q = .5 both are equal; at q = 1 the second is exp(.5) times the first.
    const first = (0.5 + 1 / (1 + Math.exp(0.5))) / 2;
    const result = responsibilities(mixture, Float32Array.of(0.5, 1));
    expect(result[0]).toBeCloseTo(first, 6);
    expect(result[1]).toBeCloseTo(1 - first, 6);
  });

  it('count a component that is wide for less where all are as near', () => {
    // At the mean of both the density goes by one over the deviation: 1 and 1/3.
    const result = responsibilities(scalarMixture([0.5, 0.5], [0.5, 0.5], [1, 9]), Float32Array.of(0.5));
    expect(result).toEqual([0.75, 0.25].map(share => expect.closeTo(share, 6)));
  });

  it('stay finite where a pixel is far from every component', () => {
    const result = responsibilities(scalarMixture([0.5, 0.5], [0, 1], [1e-6, 1e-6]), Float32Array.of(1000));
    expect(result).toEqual([0, 1]);
  });

  it('take the feedback click among the pixels of the largest difference', () => {
    const selected = Float32Array.of(0, 0.9, 0.5, 1);
    const excluded = Float32Array.of(0, 0.1, 0.75, 0.5);
    expect(feedbackPixels(selected, excluded, 3)).toEqual([1, 3, 2]);
  });

  it('turn a choice into a click that says what the chosen masks say, and into weights', () => {
    const engine = referenceEngine(described(3, 2));
    const inside = [0.9, 0.9, 0, 0];
    const outside = [0.9, 0.1, 0, 0];
    const samples: Samples = {
      count: 2,
      size: 2,
      dimension: 3,
      latents: new Float32Array(6),
      probabilities: Float32Array.from([...inside, ...outside]),
    };
    const preference = {
      engine: 'reference' as const,
      mixture: scalarMixture([0.5, 0.5], [0, 1], [1, 1]),
      answers: 2,
    };
    const pick = { uniform: () => 0, normal: () => 0, below: () => 0 };
    const learnt = engine.learn(
      preference,
      samples,
      [{ kind: 'choice', chosen: Float32Array.of(1, 1, 0, 0), others: [Float32Array.of(1, 0, 0, 0)] }],
      pick,
    );
    expect(learnt.clicks).toEqual([{ u: 1, v: 0, positive: true }]);
    expect(learnt.preference.answers).toBe(3);
    expect(learnt.preference.mixture.weights).toEqual(
      responsibilities(preference.mixture, Float32Array.from(inside)),
    );
  });

  it('put the click on an input pixel within the most disputed pixel of the masks', () => {
    const engine = referenceEngine(described(3, 2, 4));
    const samples: Samples = {
      count: 2,
      size: 2,
      dimension: 3,
      latents: new Float32Array(6),
      probabilities: Float32Array.of(0, 0.2, 0, 0.9, 0, 0, 0, 0),
    };
    const preference = { engine: 'reference' as const, mixture: scalarMixture([1], [0], [1]), answers: 0 };
    const choice = { kind: 'choice', chosen: new Float32Array(4), others: [], members: [0] } as const;
    const drawnBy = (below: (most: number) => number) =>
      engine.learn(preference, samples, [choice], { uniform: () => 0, normal: () => 0, below }).clicks[0];
    const at = (draw: number) => drawnBy(() => draw);
    // Sixteen of the twenty lie in the lower right pixel, the others in the next one.
    expect(at(0)).toEqual({ u: 0.625, v: 0.625, positive: true });
    expect(at(15)).toEqual({ u: 1.375, v: 1.375, positive: true });
    expect(at(17)).toEqual({ u: 0.875, v: -0.375, positive: true });
    expect(drawnBy(most => most - 1)).toEqual(at(19));
  });

  it('derive no click where the chosen masks are all there are', () => {
    const engine = referenceEngine(described(3, 2));
    const samples: Samples = {
      count: 1,
      size: 2,
      dimension: 3,
      latents: new Float32Array(3),
      probabilities: Float32Array.of(1, 0, 1, 0),
    };
    const preference = { engine: 'reference' as const, mixture: scalarMixture([1], [0], [1]), answers: 0 };
    const choice = { kind: 'choice', chosen: new Float32Array(4), others: [], members: [0] } as const;
    expect(engine.learn(preference, samples, [choice], seededRandom(1)).clicks).toEqual([]);
  });

  it('keep what the weights were made from where a click is all that was said', () => {
    const engine = referenceEngine(described(3, 2));
    const samples: Samples = {
      count: 1,
      size: 2,
      dimension: 3,
      latents: new Float32Array(3),
      probabilities: new Float32Array(4),
    };
    const { preference } = engine.learn(
      {
        engine: 'reference',
        mixture: scalarMixture([0.9, 0.1], [0, 1], [1, 1]),
        responsibilities: [0.3, 0.7],
        answers: 1,
      },
      samples,
      [{ kind: 'marks', at: [{ u: 0, v: 0 }], positive: true }],
      seededRandom(1),
    );
    expect(preference).toEqual({
      engine: 'reference',
      mixture: scalarMixture([0.3, 0.7], [0, 1], [1, 1]),
      answers: 2,
    });
  });

  it('draw the same latents for the same seed', () => {
    const engine = referenceEngine(described(4, 2));
    const preference = { engine: 'reference' as const, mixture: scalarMixture([1], [0.5], [1]), answers: 0 };
    expect(engine.draw(preference, 5, seededRandom(3))).toEqual(engine.draw(preference, 5, seededRandom(3)));
  });
});

const oracle = join(process.cwd(), '../shared/reference/reference_rounds.npz');
const recorded = existsSync(oracle);
const title = recorded
  ? 'rounds recorded from the published program'
  : `rounds recorded from the published program (absent: ${oracle})`;

(recorded ? describe : describe.skip)(title, () => {
  const rounds = recorded ? readNpz(readFileSync(oracle)) : null;
  const data = (name: string): NumberArray => {
    if (rounds === null) throw new Error('no recorded rounds');
    return rounds.numbers(name).data;
  };
  const mixtureOf = (round: number): Mixture =>
    scalarMixture(
      data(`round${round}/weights`),
      data(`round${round}/means`),
      data(`round${round}/variances`),
    );

  it.each([0, 1, 2])('have the latents of round %i to 1e-5', round => {
    const mixed = mixLatents(mixtureOf(round), Float32Array.from(data(`round${round}/eps`)));
    expect(largestDifference(mixed, data(`round${round}/z`))).toBeLessThan(1e-5);
  });

  it.each([0, 1, 2])('have the responsibilities of round %i to 1e-5', round => {
    const pixels = Float32Array.from(data(`round${round}/selected_mean`));
    const result = responsibilities(mixtureOf(round), pixels);
    expect(largestDifference(result, data(`round${round}/responsibilities_out`))).toBeLessThan(1e-5);
  });

  it.each([0, 1, 2])('have the twenty feedback pixels of round %i', round => {
    const selected = Float32Array.from(data(`round${round}/selected_mean`));
    const excluded = Float32Array.from(data(`round${round}/excluded_mean`));
    const difference = (pixel: number) => Math.abs((selected[pixel] ?? 0) - (excluded[pixel] ?? 0));
    const mine = feedbackPixels(selected, excluded).map(difference);
    const theirs = Array.from(data(`round${round}/top20`), difference).sort((a, b) => b - a);
    // Pixels of equal difference may be taken in another order: nearest-neighbour enlargement makes blocks of them.
    expect(largestDifference(mine, theirs)).toBeLessThan(1e-6);
  });

  it('are gone through choice by choice: what is learnt in one is what the next begins with', () => {
    const engine = referenceEngine(described(64, 64));
    let learnt: Preference = {
      engine: 'reference',
      mixture: { ...mixtureOf(0), weights: Array.from(data('initial_weights')) },
      answers: 0,
    };
    for (const round of [0, 1, 2]) {
      const responsibilities = learnt.mixture.weights;
      expect(largestDifference(responsibilities, data(`round${round}/responsibilities_in`))).toBeLessThan(
        1e-5,
      );
      const clusters = Array.from(data(`round${round}/kmeans_labels`));
      const members = clusters.flatMap((cluster, n) =>
        cluster === data(`round${round}/chosen`)[0] ? [n] : [],
      );
      const samples: Samples = {
        count: clusters.length,
        size: 64,
        dimension: 64,
        latents: Float32Array.from(data(`round${round}/z`)),
        probabilities: Float32Array.from(data(`round${round}/prob`)),
      };
      learnt = engine.learn(
        { ...learnt, mixture: mixtureOf(round), responsibilities },
        samples,
        [{ kind: 'choice', chosen: new Float32Array(64 * 64), others: [], members }],
        seededRandom(1),
      ).preference;
    }
    expect(largestDifference(learnt.mixture.weights, data('round2/responsibilities_out'))).toBeLessThan(1e-5);
    expect(learnt.answers).toBe(3);
  });
});
