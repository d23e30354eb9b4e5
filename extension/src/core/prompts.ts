import type { Point } from './slice';

/** What the user has drawn, in slice pixel coordinates. */
export type Prompt =
  | { readonly kind: 'point'; readonly at: Point; readonly positive: boolean }
  | { readonly kind: 'box'; readonly from: Point; readonly to: Point }
  | { readonly kind: 'scribble'; readonly points: readonly Point[]; readonly positive: boolean };

/** Names of the planes of the prompt tensor; a bundle's manifest lists which it takes and in which order. */
export type PromptChannel = 'positive' | 'negative' | 'box' | 'previous';
