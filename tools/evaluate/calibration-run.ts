import { containsPixel } from '../../extension/src/core/image/mask';
import type { Network } from '../../extension/src/core/network/network';
import { RoundCache } from '../../extension/src/core/sampling/round-cache';
import { priorPreference } from '../../extension/src/core/preference/engine';
import type { Round } from '../../extension/src/core/proposal/proposal';
import { uncertainty } from '../../extension/src/core/session/round';
import type { Case } from './cases';
import { proposeUnlessNothing } from './nothing-found';
import { firstPrompt } from './simulated-user';

/** Probability and agreement of many pixels, by tenths of the probability. */
export type Reliability = readonly Tenth[];

/** All zero where no pixel has such a probability. */
export interface Tenth {
  readonly pixels: number;
  /** Sum over the pixels of the probability that the structure is there. */
  readonly probability: number;
  /** Sum over the pixels of the share of the readers who drew there, of those who drew the structure. */
  readonly agreement: number;
}

/** Of one first proposal. */
export interface CalibrationResult {
  /** Of all pixels in the field of view. */
  readonly all: Reliability;
  /** Of those on which the model is not certain. */
  readonly disputed: Reliability;
}

/** Pixels that are surer than this, on either side, are left out of the second part: there are so many that they hide the rest. */
export const certain = 0.02;
const tenths = 10;

/**
 * Whether what is on the screen after the first click means what it says: the map of uncertainty tells how probable the proposal is at each
 * pixel, the mask on which side. Null where nothing is proposed.
 */
export async function runCalibration(
  network: Network,
  { slice, target, seed, drawnBy }: Case,
): Promise<CalibrationResult | null> {
  const cache = new RoundCache();
  try {
    const input = {
      prompts: [firstPrompt(target, 'click')],
      previous: null,
      crop: null,
      preference: priorPreference(network.description),
      seed,
    };
    const round = await proposeUnlessNothing(network, slice, input, cache);
    if (round === null) return null;
    const all = new GrowingReliability();
    const disputed = new GrowingReliability();
    const map = await uncertainty(network, slice, round, cache);
    map.values.forEach((value, i) => {
      const x = map.x + (i % map.width);
      const y = map.y + Math.floor(i / map.width);
      const probability = probabilityOf(value, x, y, round);
      const agreement = (target.votes[y * slice.width + x] ?? 0) / drawnBy;
      all.add(probability, agreement);
      if (probability > certain && probability < 1 - certain) disputed.add(probability, agreement);
    });
    return { all: all.sums, disputed: disputed.sums };
  } finally {
    cache.clear();
  }
}

/** Inverse of 4 p (1 - p), on the side of the mask. */
function probabilityOf(value: number, x: number, y: number, { proposal }: Round): number {
  const beside = (1 - Math.sqrt(1 - value / 255)) / 2;
  return containsPixel(proposal.recommended.mask, x, y) ? 1 - beside : beside;
}

class GrowingReliability {
  readonly sums = Array.from({ length: tenths }, () => ({ pixels: 0, probability: 0, agreement: 0 }));

  add(probability: number, agreement: number): void {
    const tenth = this.sums[Math.min(tenths - 1, Math.floor(probability * tenths))];
    if (tenth === undefined) throw new RangeError(`A probability of ${probability} is none.`);
    tenth.pixels++;
    tenth.probability += probability;
    tenth.agreement += agreement;
  }
}
