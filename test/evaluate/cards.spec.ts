import type { Mask } from '../../extension/src/core/image/mask';
import type { Proposal } from '../../extension/src/core/proposal/proposal';
import { cardScores, cardsOf, meanDistance } from '../../tools/evaluate/cards';
import { mask } from '../grid-in-text';
import { proposal } from './a-proposal';

const offering = (...candidates: readonly Mask[]): Proposal => proposal(mask('#'), ...candidates);

const whole = mask('#####', '#####', '#####', '#####', '.....', '.....');
const salted = mask('#####', '#####', '#####', '#####', '.....', '....#');
const halves = mask('##.##', '##.##', '##.##', '##.##', '##.##', '##.##');

describe('the cards of a proposal', () => {
  it('are counted in parts, of which one below a twentieth of the mask is a crumb', () => {
    expect(cardsOf(offering(whole, salted, halves), 0.7)).toMatchObject({
      agreement: 0.7,
      count: 3,
      components: [1, 2, 2],
      crumbs: [false, true, false],
    });
  });

  it('are none where the model found nothing', () => {
    expect(cardsOf(null, null)).toEqual({
      agreement: null,
      count: 0,
      distinct: null,
      components: [],
      crumbs: [],
    });
  });

  it('are as distinct as any two of them are apart on the average', () => {
    expect(meanDistance([mask('##..'), mask('####'), mask('##..')])).toBeCloseTo((0.5 + 0 + 0.5) / 3, 12);
    expect(meanDistance([mask('##..')])).toBeNull();
  });
});

describe('the score of cards', () => {
  it('keeps apart where readers agree and where not, and leaves out what one reader drew alone', () => {
    const scores = cardScores([
      cardsOf(offering(whole), 0.8),
      cardsOf(offering(whole, halves, salted), 0.9),
      cardsOf(offering(salted), 0.79),
      cardsOf(offering(whole, halves, salted), null),
    ]);
    expect(scores.agreeing).toMatchObject({ cases: 2, shown: 2, moreThanTwo: 0.5, crumbs: 0.25 });
    expect(scores.disagreeing).toEqual({
      cases: 1,
      shown: 1,
      moreThanTwo: 0,
      distinct: null,
      components: 2,
      crumbs: 1,
    });
  });
});
