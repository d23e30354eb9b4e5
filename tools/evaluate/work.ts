import { encodeMask } from '../../extension/src/core/image/mask';
import type { Slice } from '../../extension/src/core/image/slice';
import { sliceOf, votes } from './cases';
import type { Dataset } from './dataset';
import type { Target } from './simulated-user';

/** One structure as one reader drew it. */
export interface Work {
  readonly slice: Slice;
  readonly target: Target;
}

/** Where it stands in the data set: numbers of an image, of a structure on it and of a reader of that. */
export interface Place {
  readonly image: number;
  readonly structure: number;
  readonly reader: number;
}

export function workAt(dataset: Dataset, { image, structure, reader }: Place): Work {
  const annotated = dataset.images[image];
  const readers = annotated?.structures[structure]?.readers;
  const drawn = readers?.[reader];
  if (annotated === undefined || readers === undefined || drawn === undefined) {
    throw new RangeError(`There is no reader ${reader} of structure ${structure} on image ${image}.`);
  }
  return {
    slice: sliceOf(annotated, image, dataset),
    target: { mask: encodeMask(drawn, dataset.width, dataset.height), votes: votes(readers) },
  };
}
