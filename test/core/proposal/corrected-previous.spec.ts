import { expect, it } from '@jest/globals';
import { encodeMask } from '../../../extension/src/core/image/mask';
import { samplesFromLogits } from '../../../extension/src/core/network/samples';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';
import { recommendAt } from '../../../extension/src/core/proposal/assemble';
import { blobSlice, fakePrior } from '../network/fake-network';

const size = 32;
const slice = blobSlice({ x: 90, y: 70, radius: 25 });
/** Two pixels of the slice to a model pixel. */
const crop = { centre: { x: 90, y: 70 }, side: 64 };
const previous = encodeMask(
  Array.from({ length: slice.width * slice.height }, (_, i) =>
    Math.hypot((i % slice.width) - 90, Math.floor(i / slice.width) - 70) < 20 ? 1 : 0,
  ),
  slice.width,
  slice.height,
);
/** Undecided everywhere. */
const samples = samplesFromLogits(new Float32Array(size * size), new Float32Array(2), size, 2);

const point = (x: number, y: number, positive: boolean): Prompt => ({
  kind: 'point',
  at: { x, y },
  positive,
});
/** What is recommended at the pixel (x, y) of the slice, 0..1, when these prompts were given and the mask was built on. */
function recommendedAt(x: number, y: number, ...prompts: readonly Prompt[]): number | undefined {
  const input = { prompts, previous, crop, preference: fakePrior, seed: 1 };
  const { mean } = recommendAt(slice, input, crop, samples, 0.5) ?? { mean: [] };
  return mean[Math.floor((y - 38) / 2) * size + Math.floor((x - 58) / 2)];
}

it('does not hold the mask on which the user builds against the prompt that corrects it, but at its other end', () => {
  const inside = point(90, 70, true);
  const wrong = point(104, 70, false);
  expect(recommendedAt(104, 70, inside, wrong)).toBeCloseTo(0.5, 2);
  expect(recommendedAt(73, 70, inside, wrong)).toBeGreaterThan(0.6);
  // A prompt that agrees with it takes nothing from it.
  expect(recommendedAt(104, 70, inside, point(104, 70, true))).toBeGreaterThan(0.6);
});
