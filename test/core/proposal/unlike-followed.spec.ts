import { expect, it } from '@jest/globals';
import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import type { Round } from '../../../extension/src/core/proposal/proposal';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import { isUnlikeFollowed } from '../../../extension/src/core/proposal/unlike-followed';
import { fakePrior } from '../network/fake-network';

/** The first `count` of ten pixels in a row. */
const first = (count: number): Mask =>
  encodeMask(
    Array.from({ length: 10 }, (_, i) => (i < count ? 1 : 0)),
    10,
    1,
  );

const click = { kind: 'point', at: { x: 0, y: 0 }, positive: true } as const;

function roundOf(recommended: Mask, more: Partial<RoundInput>): Pick<Round, 'input' | 'proposal'> {
  const statistics = { unit: 'mm', area: 1, longestDiameter: 1, perpendicularDiameter: 1 } as const;
  return {
    input: { prompts: [click], previous: null, crop: null, preference: fakePrior, seed: 1, ...more },
    proposal: {
      recommended: { mask: recommended, statistics, certainShare: 1 },
      candidates: [],
      tendency: null,
    },
  };
}

it.each([
  [10, 2, true],
  [10, 3, false],
  [2, 10, true],
  [3, 10, false],
])('is said of %d pixels that follow %d: %s', (proposed, followed, isUnlike) => {
  expect(isUnlikeFollowed(roundOf(first(proposed), { followed: first(followed) }))).toBe(isUnlike);
});

it('is not said of a structure that was not followed', () => {
  expect(isUnlikeFollowed(roundOf(first(10), {}))).toBe(false);
});

it('is not said once the user has clicked', () => {
  const said = { followed: first(2), prompts: [click, { ...click, positive: false }] };
  expect(isUnlikeFollowed(roundOf(first(10), said))).toBe(false);
});
