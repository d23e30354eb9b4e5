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
