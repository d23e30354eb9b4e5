/** A Gaussian mixture over the latent, diagonal. */
export interface Mixture {
  /** [M], sums to 1. */
  readonly weights: readonly number[];
  /** [M][D] */
  readonly means: readonly (readonly number[])[];
  /** [M][D] */
  readonly variances: readonly (readonly number[])[];
}

/** What has been learnt of this user; plain data: it is kept, undone, carried to the next slice and forgotten as a whole. */
export interface Preference {
  readonly engine: 'bayes' | 'reference' | 'sam';
  readonly mixture: Mixture;
  /** Answers it was learnt from; 0 is the bundle's prior. */
  readonly answers: number;
  /** Engine `reference`, of the distribution of one round: [M], from which its weights were made. */
  readonly responsibilities?: readonly number[];
}
