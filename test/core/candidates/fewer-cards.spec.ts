import { expectedDifference } from '../../../extension/src/core/candidates/expected-difference';
import { cardsFor, many, readersOf } from './readers';

describe('the cards of a first proposal', () => {
  it('are one at most where nearly all readers would draw the same, though some would not', () => {
    const { cards, mean } = cardsFor(readersOf(...many(3, 5), ...many(42, 10), ...many(3, 16)));
    expect(expectedDifference(mean)).toBeLessThan(0.15);
    expect(cards).toHaveLength(1);
  });

  it('are more where readers differ', () => {
    const { cards, mean } = cardsFor(readersOf(...many(16, 5), ...many(16, 10), ...many(16, 16)));
    expect(expectedDifference(mean)).toBeGreaterThan(0.27);
    expect(cards.length).toBeGreaterThan(1);
  });
});
