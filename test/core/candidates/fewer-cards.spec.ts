import { expectedDifference } from '../../../extension/src/core/candidates/expected-difference';
import { proposeCandidates } from '../../../extension/src/core/candidates/propose-candidates';
import { thresholdOnSlice } from '../../../extension/src/core/image/crop-map';
import type { Samples } from '../../../extension/src/core/network/samples';
import { recommend } from '../../../extension/src/core/recommended/recommend';

const size = 48;
const grid = { width: size, height: size, spacing: { x: 1, y: 1, unit: 'mm' } } as const;
const crop = { centre: { x: (size - 1) / 2, y: (size - 1) / 2 }, side: size };
const anchors = Uint8Array.from({ length: size * size }, (_, i) => (i === 24 * size + 24 ? 1 : 0));

/** Readers who draw discs of these radii. */
function readersOf(...radii: readonly number[]): Samples {
  const probabilities = Float32Array.from(
    radii.flatMap(radius =>
      Array.from({ length: size * size }, (_, i) =>
        Math.hypot((i % size) - 24, Math.floor(i / size) - 24) <= radius ? 1 : 0,
      ),
    ),
  );
  return { count: radii.length, size, dimension: 1, latents: Float32Array.from(radii), probabilities };
}

const many = (count: number, radius: number): number[] => new Array<number>(count).fill(radius);

function firstCards(samples: Samples) {
  const recommendation = recommend(samples, 0.5, anchors, null);
  if (recommendation === null) throw new Error('nothing is recommended');
  const cards = proposeCandidates(samples, {
    crop,
    grid,
    hints: [],
    anchors,
    recommendation,
    recommended: thresholdOnSlice({ size, values: recommendation.tidy }, crop, grid, 0.5),
    otherStructures: [],
    border: map => map,
    first: true,
    seed: 1,
  });
  return { cards: cards.length, difference: expectedDifference(recommendation.mean) };
}

describe('the cards of a first proposal', () => {
  it('are one at most where nearly all readers would draw the same, though some would not', () => {
    const { cards, difference } = firstCards(readersOf(...many(3, 5), ...many(42, 10), ...many(3, 16)));
    expect(difference).toBeLessThan(0.15);
    expect(cards).toBe(1);
  });

  it('are more where readers differ', () => {
    const { cards, difference } = firstCards(readersOf(...many(16, 5), ...many(16, 10), ...many(16, 16)));
    expect(difference).toBeGreaterThan(0.27);
    expect(cards).toBeGreaterThan(1);
  });
});
