import { withRegion } from './anchors';
import { componentsAt, connectedComponents } from './candidates/components';
import { tidyMap } from './candidates/tidy';
import { meanMap, sampleMap, type Samples } from './samples';

/** Below this even the most willing samples see nothing at the prompt. */
const NOTHING = 0.05;
/** Share of the samples, the most willing at the prompt, that are asked when the mean sees nothing there. */
const WILLING = 1 / 6;

/**
 * What the mask on which the user builds counts against the samples' mean: the user took it for the best so far. On LIDC .3 raises Dice after two answers by .010 and after five by .016.
 */
const PREVIOUS_SHARE = 0.3;

/** The mask on which the user builds, on the crop. */
export interface PreviousMask {
  /** [S,S], 0..1. */
  readonly map: Float32Array;
  /** The last prompt contradicts it: it is known to be wrong somewhere, and counts no more than where to look. */
  readonly corrected: boolean;
}

export interface Recommendation {
  /** Mean probability of the samples asked, with the previous mask, [S,S]. */
  readonly mean: Float32Array;
  /** The same, reduced to the structure at the prompts. */
  readonly tidy: Float32Array;
  /** Above it lies the recommended mask. */
  readonly threshold: number;
}

/**
 * The samples' mean probability, reduced to what belongs to the prompts (`anchors`) or to the previous mask. Where the mean stays
 * below the threshold at the prompts, the samples most willing there are asked, with a threshold that fits what they say; null if
 * not even they see anything.
 */
export function recommend(
  samples: Samples,
  threshold: number,
  anchors: Uint8Array,
  previous: PreviousMask | null,
): Recommendation | null {
  const { size } = samples;
  const mean = withPrevious(meanMap(samples), previous);
  const wanted = previous === null ? anchors : withRegion(anchors, previous.map, 0.5);
  if (!wanted.includes(1) || foundAt(mean, size, threshold, wanted)) {
    return { mean, tidy: tidyMap(mean, size, threshold, wanted), threshold };
  }
  const willing = willingSamples(samples, wanted);
  const lower = Math.min(threshold, highest(willing, wanted) / 2);
  if (lower < NOTHING / 2) return null;
  return { mean: willing, tidy: tidyMap(willing, size, lower, wanted), threshold: lower };
}

function withPrevious(mean: Float32Array, previous: PreviousMask | null): Float32Array {
  if (previous === null || previous.corrected) return mean;
  return mean.map((p, i) => (1 - PREVIOUS_SHARE) * p + PREVIOUS_SHARE * (previous.map[i] as number));
}

export function foundAt(map: Float32Array, size: number, threshold: number, anchors: Uint8Array): boolean {
  return componentsAt(connectedComponents(map, size, threshold), anchors).length > 0;
}

/** Mean of the samples that give the anchors the highest probability. */
function willingSamples(samples: Samples, anchors: Uint8Array): Float32Array {
  const order = Array.from({ length: samples.count }, (_, n) => ({
    n,
    p: highest(sampleMap(samples, n), anchors),
  }));
  order.sort((a, b) => b.p - a.p || a.n - b.n);
  const members = order.slice(0, Math.max(1, Math.ceil(samples.count * WILLING))).map(entry => entry.n);
  return meanMap(samples, members);
}

function highest(map: Float32Array, anchors: Uint8Array): number {
  let value = 0;
  anchors.forEach((anchor, i) => {
    if (anchor !== 0) value = Math.max(value, map[i] as number);
  });
  return value;
}
