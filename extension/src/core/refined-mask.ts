import type { RefinedMask } from './proposal';

const STEPS = 4;

/** The logits [P] of a mask in the form in which a round keeps them; beyond -32 and 31.75 they are cut off. */
export function refinedMask(logits: Float32Array, chosen: boolean): RefinedMask {
  const quarterLogits = Int8Array.from(logits, logit =>
    Math.max(-128, Math.min(127, Math.round(STEPS * logit))),
  );
  return { quarterLogits, chosen };
}

/** The inverse of `refinedMask`, to an eighth of a logit. */
export function logitsOf({ quarterLogits }: RefinedMask): Float32Array {
  return Float32Array.from(quarterLogits, value => value / STEPS);
}
