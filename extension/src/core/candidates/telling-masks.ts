import { sampleMap, type Samples } from '../network/samples';
import { tidyMap } from '../recommended/tidy';

/** A card is worth its place if samples come nearer to what is shown by this much on average (IoU). */
const LEAST_GAIN = 0.003;

export interface Shown {
  /** [S,S], above `threshold` inside. */
  readonly map: Float32Array;
  readonly threshold: number;
}

export interface TellingOptions {
  /** Of the samples' masks. */
  readonly threshold: number;
  /** [S,S], where the structure is. */
  readonly anchors: Uint8Array;
  /** So many at most. */
  readonly most: number;
}

/**
 * Those of `masks` that together with the recommended one come nearest to what a reader may mean: each sample stands for a reader, who finds
 * the mask shown with the largest IoU. One after another the mask is taken by which readers gain most, until no further one is worth a card.
 */
export function tellingMasks<T extends Shown>(
  masks: readonly T[],
  recommended: Shown,
  samples: Samples,
  { threshold, anchors, most }: TellingOptions,
): T[] {
  if (masks.length === 0 || most <= 0) return [];
  const meant = Array.from({ length: samples.count }, (_, n) =>
    inside({ map: tidyMap(sampleMap(samples, n), samples.size, threshold, anchors), threshold }),
  );
  const nearness = (shown: Shown): number[] => {
    const pixels = inside(shown);
    return meant.map(sample => overlap(sample, pixels));
  };
  let reached = nearness(recommended);
  const left = masks.map(mask => ({ mask, near: nearness(mask) }));
  const chosen: T[] = [];
  while (left.length > 0 && chosen.length < most) {
    const gains = left.map(({ near }) =>
      near.reduce((sum, value, n) => sum + Math.max(0, value - (reached[n] ?? 0)), 0),
    );
    const best = gains.indexOf(Math.max(...gains));
    const [next] = left.splice(best, 1);
    if (next === undefined || (gains[best] ?? 0) < LEAST_GAIN * samples.count) break;
    chosen.push(next.mask);
    reached = reached.map((value, n) => Math.max(value, next.near[n] ?? 0));
  }
  return chosen;
}

function inside({ map, threshold }: Shown): Uint8Array {
  return Uint8Array.from(map, value => (value > threshold ? 1 : 0));
}

function overlap(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.length; i++) {
    both += (a[i] as number) & (b[i] as number);
    either += (a[i] as number) | (b[i] as number);
  }
  return either === 0 ? 1 : both / either;
}
