import type { Crop } from '../image/crop';
import type { Mask } from '../image/mask';
import type { Preference } from '../preference/preference';
import type { Prompt } from '../prompts/prompts';
import type { RefinedMask } from './refined-mask';

/** Everything that determines a round: the same input gives the same round. */
export interface RoundInput {
  readonly prompts: readonly Prompt[];
  /** The mask on which the user builds: the candidate chosen, or the recommended mask that a click corrects. */
  readonly previous: Mask | null;
  /** The mask that the last prompt calls wrong, where the engine does not build on it but looks anew. */
  readonly contradicted?: Mask;
  /** The field of view; null lets the engine look coarsely and zoom. */
  readonly crop: Crop | null;
  /** The same structure on the neighbouring image from which it is followed: the first view is the one that suits it there. */
  readonly followed?: Mask;
  /** The crop was set by hand: it is kept as it is, even where the structure outgrows it. Default false. */
  readonly cropByHand?: boolean;
  readonly preference: Preference;
  readonly seed: number;
  /** The round with which work on this slice began; left out in that round itself. */
  readonly first?: FirstRound;
  /** What the model said of the mask on which the user builds, for a model that takes it back; null without one. */
  readonly refined?: RefinedMask | null;
}

/** What is needed to draw its samples again. */
export interface FirstRound {
  readonly input: RoundInput;
  readonly crop: Crop;
}
