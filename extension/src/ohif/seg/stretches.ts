/** A part of a labelmap. */
export interface Stretch {
  /** Row-major. */
  readonly labels: Uint8Array | Uint16Array;
  /** The first and the last place with the label; others may lie between them. */
  readonly first: number;
  readonly last: number;
}

/** Where each label but 0 occurs in a labelmap. */
export function stretchesOf(labels: Uint8Array | Uint16Array): ReadonlyMap<number, Stretch> {
  const ends = new Map<number, { labels: typeof labels; first: number; last: number }>();
  let before = 0;
  let current: { last: number } | undefined;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (label === 0) continue;
    if (label !== before || current === undefined) {
      const known = ends.get(label) ?? { labels, first: i, last: i };
      ends.set(label, known);
      before = label;
      current = known;
    }
    current.last = i;
  }
  return ends;
}
