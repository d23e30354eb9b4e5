/** Readers who draw discs around one place, and what a round shows them. */
import {
  proposeCandidates,
  type CandidateContext,
} from '../../../extension/src/core/candidates/propose-candidates';
import { thresholdOnSlice } from '../../../extension/src/core/image/crop-map';
import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import type { Samples } from '../../../extension/src/core/network/samples';
import { recommend } from '../../../extension/src/core/recommended/recommend';

const size = 48;
const grid = { width: size, height: size, spacing: { x: 1, y: 1, unit: 'mm' } } as const;
const crop = { centre: { x: (size - 1) / 2, y: (size - 1) / 2 }, side: size };
const anchors = Uint8Array.from({ length: size * size }, (_, i) => (i === 24 * size + 24 ? 1 : 0));

function disc(radius: number, x = 24, y = 24): number[] {
  return Array.from({ length: size * size }, (_, i) =>
    Math.hypot((i % size) - x, Math.floor(i / size) - y) <= radius ? 1 : 0,
  );
}

export function discMask(radius: number, x?: number, y?: number): Mask {
  return encodeMask(disc(radius, x, y), size, size);
}

/** Readers who draw discs of these radii; below 0 nothing. */
export function readersOf(...radii: readonly number[]): Samples {
  const probabilities = Float32Array.from(radii.flatMap(radius => disc(radius)));
  return { count: radii.length, size, dimension: 1, latents: Float32Array.from(radii), probabilities };
}

export const many = (count: number, radius: number): number[] => new Array<number>(count).fill(radius);

/** The round's mean among the readers, and the cards beside the mask that it recommends: those of a first proposal, unless said otherwise. */
export function cardsFor(samples: Samples, change: Partial<CandidateContext> = {}) {
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
    ...change,
  });
  return { cards, mean: recommendation.mean };
}
