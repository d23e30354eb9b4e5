import type { Mixture } from '../network/network';

/** What the masks that a user accepted say of how this user draws, summed over cases; in standard deviations of the bundle's prior. */
export interface Style {
  /** Answers given when the last of them was accepted. */
  readonly answers: number;
  /** [3][D]: nearness to the accepted masks (soft IoU) along each direction of the latent, as a polynomial of the third degree. */
  readonly terms: readonly (readonly number[])[];
  /** [D], sum over cases of the squared slope (the first of the terms): how far the cases would lead if they did not agree. */
  readonly scatter: readonly number[];
  /** What the latent cannot say: how far outside of it the border is drawn. Slices without pixel spacing have their own. */
  readonly margins?: Readonly<Partial<Record<'mm' | 'px', Margin>>>;
}

/** Offsets of accepted masks from what the style alone would draw, summed over cases, older ones counting less; in the slice's unit. */
export interface Margin {
  readonly cases: number;
  readonly sum: number;
  readonly squares: number;
}

/** What has been learnt of this user; plain data: it is kept, undone, carried to the next slice and forgotten as a whole. */
export interface Preference {
  readonly engine: 'bayes' | 'reference' | 'sam';
  readonly mixture: Mixture;
  /** Answers it was learnt from; 0 is the bundle's prior. */
  readonly answers: number;
  /** Engine `bayes`, once a mask was accepted: with it work on further slices begins. */
  readonly style?: Style;
  /** Engine `reference`, of the distribution of one round: [M], from which its weights were made. */
  readonly responsibilities?: readonly number[];
}
