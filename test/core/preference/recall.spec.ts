import { describe, expect, it } from '@jest/globals';
import type { Preference } from '../../../extension/src/core/preference/preference';
import { recallPreference } from '../../../extension/src/core/preference/recall';

const prior: Preference = {
  engine: 'bayes',
  mixture: { weights: [1], means: [[0, 0]], variances: [[1, 1]] },
  answers: 0,
};
const unaccepted: Preference = {
  engine: 'bayes',
  mixture: {
    weights: [0.85, 0.15],
    means: [
      [0.7, -0.1],
      [0, 0],
    ],
    variances: [
      [1, 1],
      [1, 1],
    ],
  },
  answers: 7,
};
const learnt: Preference = {
  ...unaccepted,
  style: {
    answers: 7,
    terms: [
      [1, 0],
      [0, 0.5],
      [0, 0],
    ],
    scatter: [1, 0.2],
    margins: { mm: { cases: 2.9, sum: -1.2, squares: 0.5 } },
  },
};

/** As it comes back from where it was kept. */
const recalled = (kept: unknown, from = prior): Preference | null =>
  recallPreference(JSON.parse(JSON.stringify(kept)), from);

describe('what was kept of a reader', () => {
  it('is what had been learnt', () => {
    expect(recalled(learnt)).toEqual(learnt);
  });

  it('may be of a reader who has not accepted a mask yet', () => {
    expect(recalled(unaccepted)).toEqual(unaccepted);
  });

  it('holds for the published way of learning as well', () => {
    const reference = { ...prior, engine: 'reference' } as const;
    const kept = { ...unaccepted, engine: 'reference', responsibilities: [1] };
    expect(recalled(kept, reference)).toEqual(kept);
    expect(recalled({ ...kept, responsibilities: [0.5, 0.5] }, reference)).toBeNull();
  });

  const { style, mixture } = learnt;
  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'generous'],
    ['a list', [learnt]],
    ['that of another engine', { ...learnt, engine: 'reference' }],
    ['no answers', { ...learnt, answers: 0 }],
    ['half an answer', { ...learnt, answers: 1.5 }],
    ['no mixture', { ...learnt, mixture: undefined }],
    ['an empty mixture', { ...learnt, mixture: { weights: [], means: [], variances: [] } }],
    ['a mixture of another latent', { ...learnt, mixture: { weights: [1], means: [[0]], variances: [[1]] } }],
    ['a mixture with a part missing', { ...learnt, mixture: { ...mixture, means: [[0, 0]] } }],
    ['weights that are not shares', { ...learnt, mixture: { ...mixture, weights: [0.85, 0.5] } }],
    ['a negative weight', { ...learnt, mixture: { ...mixture, weights: [1.2, -0.2] } }],
    [
      'a variance of zero',
      {
        ...learnt,
        mixture: {
          ...mixture,
          variances: [
            [1, 0],
            [1, 1],
          ],
        },
      },
    ],
    [
      'what JSON makes of infinity',
      {
        ...learnt,
        mixture: {
          ...mixture,
          means: [
            [Infinity, 0],
            [0, 0],
          ],
        },
      },
    ],
    ['a style of another latent', { ...learnt, style: { ...style, scatter: [1, 1, 1] } }],
    ['a style without its terms', { ...learnt, style: { ...style, terms: [[0, 0]] } }],
    [
      'a margin of no cases',
      { ...learnt, style: { ...style, margins: { mm: { cases: 0, sum: 0, squares: 0 } } } },
    ],
    ['a margin that is none', { ...learnt, style: { ...style, margins: { px: 'wide' } } }],
  ])('is left aside where it is %s', (_what, kept) => {
    expect(recalled(kept)).toBeNull();
  });

  it('is left aside by a model that learns nothing', () => {
    expect(recalled({ ...learnt, engine: 'sam' }, { ...prior, engine: 'sam' })).toBeNull();
  });
});
