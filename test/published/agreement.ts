import type { Replayed } from './replay';

interface Tolerance {
  readonly of: keyof Replayed;
  readonly most: number;
  /** Of the recorded value, and not in its units. */
  readonly relative: boolean;
}

/** How near the engine must come to the published program. */
export const tolerances: readonly Tolerance[] = [
  { of: 'feature', most: 1e-4, relative: false },
  { of: 'means', most: 1e-4, relative: true },
  { of: 'variances', most: 1e-4, relative: true },
  { of: 'weights', most: 1e-4, relative: true },
  { of: 'z', most: 1e-4, relative: false },
  { of: 'logits', most: 1e-3, relative: false },
  { of: 'recommended', most: 0, relative: false },
  { of: 'responsibilities', most: 1e-4, relative: false },
];

/** The largest difference of each kind; infinite where the numbers of values differ. */
export function differences(found: Replayed, recorded: Replayed): Record<keyof Replayed, number> {
  const all = tolerances.map(({ of, relative }) => {
    const [mine, theirs] = [found[of], recorded[of]];
    if (mine.length !== theirs.length) return [of, Infinity] as const;
    const largest = mine.reduce((most, value, i) => {
      const other = theirs[i] ?? NaN;
      const difference = Math.abs(value - other) / (relative ? Math.abs(other) : 1);
      return Number.isNaN(difference) ? Infinity : Math.max(most, difference);
    }, 0);
    return [of, largest] as const;
  });
  return Object.fromEntries(all) as Record<keyof Replayed, number>;
}
