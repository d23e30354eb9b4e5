import type { Mask } from '../../extension/src/core/image/mask';
import type { Proposal } from '../../extension/src/core/proposal/proposal';

const statistics = { unit: 'px', area: 0, longestDiameter: 0, perpendicularDiameter: 0 } as const;

/** What an engine might propose, of which only the masks matter. */
export function proposal(recommended: Mask, ...candidates: readonly Mask[]): Proposal {
  return {
    recommended: { mask: recommended, statistics, certainShare: 1 },
    candidates: candidates.map(each => ({ mask: each, statistics, areaDifferencePercent: 0, share: 0.5 })),
    tendency: null,
  };
}
