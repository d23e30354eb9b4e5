import { carryOver } from '../../../extension/src/core/preference/carry-over';
import type { Preference } from '../../../extension/src/core/preference/preference';

function preference(engine: Preference['engine'], weights: readonly number[], answers: number): Preference {
  return {
    engine,
    answers,
    mixture: { weights, means: weights.map((_, m) => [m]), variances: weights.map(() => [1]) },
  };
}

describe('what is carried to the next slice', () => {
  it('is the prior where nothing was learnt', () => {
    const prior = preference('bayes', [1], 0);
    expect(carryOver(preference('bayes', [0.5, 0.5], 0), prior)).toBe(prior);
  });

  it('is what was learnt beside the prior, as one mixture', () => {
    const { mixture } = carryOver(preference('bayes', [0.5, 0.5], 3), preference('bayes', [1], 0));
    expect(mixture.weights).toEqual([0.35, 0.35, 0.3].map(weight => expect.closeTo(weight, 10)));
    expect(mixture.means).toHaveLength(3);
  });

  it('is the style of the accepted masks as it is, as long as nothing was answered since', () => {
    const style = { answers: 3, terms: [[0.2], [-0.1], [0]], scatter: [0.01] };
    const accepted = { ...preference('bayes', [0.8, 0.2], 3), style };
    expect(carryOver(accepted, preference('bayes', [1], 0))).toBe(accepted);
  });

  it('is what was answered since beside that style', () => {
    const style = { answers: 3, terms: [[0.2], [-0.1], [0]], scatter: [0.01] };
    const { mixture } = carryOver({ ...preference('bayes', [1], 4), style }, preference('bayes', [1], 0));
    expect(mixture.weights[0]).toBeCloseTo(0.7, 10);
    expect(mixture.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    expect(mixture.means[1]?.[0]).toBeGreaterThan(0.5);
  });

  it('keeps the number of components that the weight network of the published method takes', () => {
    const { mixture, answers } = carryOver(
      preference('reference', [1, 0], 3),
      preference('reference', [0.5, 0.5], 0),
    );
    expect(mixture.weights).toEqual([0.85, 0.15].map(weight => expect.closeTo(weight, 10)));
    expect(mixture.means).toHaveLength(2);
    expect(answers).toBe(3);
  });
});
