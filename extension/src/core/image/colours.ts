/** Red, green, blue 0..255. */
export type Rgb = readonly [number, number, number];

/**
 * What the colours mean, the same on the slice, on the thumbnails and in the panel. They are chosen so that also eyes that lack one kind
 * of cones see no grey of the image in any of them, and tell an alternative from the recommended mask, and what it adds from what it removes.
 */
export const meaning = {
  recommended: [255, 176, 32],
  /** The outline of an alternative, and what it adds to the recommended mask. */
  adds: [86, 204, 255],
  /** What an alternative takes away from the recommended mask. */
  removes: [255, 80, 40],
} as const satisfies Readonly<Record<string, Rgb>>;

/** From "leaning" to "undecided": the perceptually ordered magma, brightest where the samples disagree most. */
export const uncertaintyScale: readonly Rgb[] = [
  [81, 18, 124],
  [147, 38, 103],
  [205, 64, 113],
  [251, 135, 97],
  [252, 253, 191],
];

/** Ours, or a deployment's. */
export type Colours = Readonly<Record<keyof typeof meaning, Rgb>>;
