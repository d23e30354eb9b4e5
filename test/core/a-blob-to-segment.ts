/** A blob on a slice, and what a round asks the fake network about it. */
import { encodeMask } from '../../extension/src/core/image/mask';
import type { Slice } from '../../extension/src/core/image/slice';
import type { Round } from '../../extension/src/core/proposal/proposal';
import type { RoundInput } from '../../extension/src/core/sampling/round-input';
import { blobSlice, fakePrior } from './network/fake-network';

export const blob = { x: 90, y: 70, radius: 25 };
export const slice = blobSlice(blob);
export const at = { x: 90, y: 70 };

export function clickAt(x: number, y: number, positive = true): RoundInput['prompts'][number] {
  return { kind: 'point', at: { x, y }, positive };
}

export function input(change: Partial<RoundInput> = {}): RoundInput {
  return {
    prompts: [clickAt(at.x, at.y)],
    previous: null,
    crop: null,
    preference: fakePrior,
    seed: 7,
    ...change,
  };
}

export function disc(radius: number, on: Slice = slice) {
  const pixels = new Uint8Array(on.width * on.height);
  for (let i = 0; i < pixels.length; i++) {
    const x = i % on.width;
    const y = Math.floor(i / on.width);
    pixels[i] = Math.hypot(x - blob.x, y - blob.y) <= radius ? 1 : 0;
  }
  return encodeMask(pixels, on.width, on.height);
}

export const allMasks = (round: Round) => [
  round.proposal.recommended.mask,
  ...round.proposal.candidates.map(candidate => candidate.mask),
];
