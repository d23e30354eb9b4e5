/** Red, green, blue 0..255. */
export type Rgb = readonly [number, number, number];

/**
 * What the colours mean, the same on the slice, on the thumbnails and in the panel. They differ in lightness as well as in hue, so
 * that they stay apart with every common colour vision, and none of them is a grey of the image.
 */
export const meaning = {
  recommended: [255, 176, 32],
  /** The outline of an alternative, and what it adds to the recommended mask. */
  adds: [86, 204, 255],
  /** What an alternative takes away from the recommended mask. */
  removes: [255, 92, 138],
} as const satisfies Readonly<Record<string, Rgb>>;
