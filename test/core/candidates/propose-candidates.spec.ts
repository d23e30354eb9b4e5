import type { Candidate } from '../../../extension/src/core/candidates/candidate';
import { cardsFor, discMask, many, readersOf } from './readers';

const radii = (cards: readonly Candidate[]): number[] =>
  cards.map(({ mask }) => Math.round(Math.sqrt(mask.area / Math.PI)));

/** Discs of which none is much like another; the recommended one has a radius of 8. */
const apart = readersOf(...many(6, 3), ...many(14, 5), ...many(14, 8), ...many(10, 12), ...many(4, 18));

describe('the cards', () => {
  it.each([true, false])(
    'are none where all readers draw what is recommended (first proposal: %s)',
    first => {
      expect(cardsFor(readersOf(...many(48, 10)), { first }).cards).toEqual([]);
    },
  );

  it.each([true, false])('are none that show nothing, though readers do (first proposal: %s)', first => {
    const { cards } = cardsFor(readersOf(...many(12, -1), ...many(24, 8), ...many(12, 13)), { first });
    expect(radii(cards)).toEqual([13]);
  });

  it('of a later round are all four that differ most, whether many readers draw them or few', () => {
    expect(radii(cardsFor(apart, { first: false }).cards)).toEqual([3, 5, 12, 18]);
  });

  it('of a later round are none that is a little different only', () => {
    const nearly = readersOf(...many(16, 8), ...many(16, 10), ...many(16, 12));
    expect(cardsFor(nearly).cards.length).toBeGreaterThan(0);
    expect(cardsFor(nearly, { first: false }).cards).toEqual([]);
  });

  it('of a first proposal are none by which two careful readers would differ, unless there is no other', () => {
    const careful = [...many(26, 8), ...many(8, 8.8)];
    const areasOf = (...others: readonly number[]): number[] =>
      cardsFor(readersOf(...careful, ...others)).cards.map(({ mask }) => mask.area);
    expect(areasOf(...many(14, 16))).toEqual([discMask(16).area]);
    expect(areasOf()).toEqual([discMask(8.8).area]);
  });

  it('show of two that look alike the one that more readers draw, with the share of both', () => {
    const alike = readersOf(...many(4, 16.4), ...many(20, 8), ...many(24, 16));
    for (const first of [true, false]) {
      const recommended = discMask(8);
      const { cards } = cardsFor(alike, { first, recommended });
      expect(cards.map(({ mask, share }) => [mask.area, share])).toEqual([[discMask(16).area, 28 / 48]]);
    }
  });
});

describe('other structures at the click', () => {
  const otherStructures = [discMask(20, 30, 30)];
  const [other] = otherStructures;

  it('have cards of their own, said to be no other way to draw the same one', () => {
    const { cards } = cardsFor(readersOf(...many(48, 8)), { otherStructures });
    expect(cards).toMatchObject([{ mask: other, otherStructure: true, share: 0 }]);
    expect(cards[0]).not.toHaveProperty('members');
    const [drawn] = cardsFor(apart).cards;
    expect(drawn).not.toHaveProperty('otherStructure');
    expect(drawn?.members).not.toHaveLength(0);
  });

  it('are enough to answer by where nothing else is worth a card', () => {
    const cards = cardsFor(readersOf(...many(40, 8), ...many(8, 8.8)), { otherStructures }).cards;
    expect(cards.map(({ mask }) => mask)).toEqual([other]);
  });

  it('take the place of the card that is most like the recommended mask', () => {
    const { cards } = cardsFor(apart, { first: false, otherStructures });
    expect(cards.filter(card => card.mask === other)).toHaveLength(1);
    expect(radii(cards.filter(card => card.mask !== other))).toEqual([3, 5, 18]);
  });

  it('are left out where they look like a drawing of this one', () => {
    expect(cardsFor(readersOf(...many(48, 8)), { otherStructures: [discMask(9)] }).cards).toEqual([]);
    const { cards } = cardsFor(apart, { first: false, otherStructures: [discMask(17)] });
    expect(cards.every(card => card.otherStructure === undefined)).toBe(true);
  });

  it('are left out where they contradict a click', () => {
    const hints = [{ at: { x: 40, y: 40 }, positive: false }];
    expect(cardsFor(readersOf(...many(48, 8)), { otherStructures, hints }).cards).toEqual([]);
  });
});
