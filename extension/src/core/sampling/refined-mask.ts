import { toModel, toSlice, type Crop, type Grid } from '../image/crop';
import { valueAt } from '../image/crop-map';
import { sigmoid } from '../network/samples';

/** The previous mask as the model gave it, with its doubts: engines `sam` and `bayes`. */
export interface RefinedMask {
  /** [L,L] in quarters of a logit, from -32 to 31.75: an unlimited history stays small. */
  readonly quarterLogits: Int8Array;
  /** Where it lies on the slice. */
  readonly crop: Crop;
  /** The user chose it among the candidates. */
  readonly chosen: boolean;
}

const STEPS = 4;

/** The logits [P] of a mask in the form in which a round keeps them; beyond -32 and 31.75 they are cut off. */
export function refinedMask(logits: Float32Array, crop: Crop, chosen: boolean): RefinedMask {
  const quarterLogits = Int8Array.from(logits, logit =>
    Math.max(-128, Math.min(127, Math.round(STEPS * logit))),
  );
  return { quarterLogits, crop, chosen };
}

/** The inverse of `refinedMask`, to an eighth of a logit. */
export function logitsOf({ quarterLogits }: Pick<RefinedMask, 'quarterLogits'>): Float32Array {
  return Float32Array.from(quarterLogits, value => value / STEPS);
}

/** The same of probabilities [P]. */
export function refinedProbabilities(probabilities: Float32Array, crop: Crop): RefinedMask {
  return refinedMask(
    probabilities.map(p => Math.log(p / (1 - p))),
    crop,
    false,
  );
}

/** Its probabilities on another crop, [S,S]; 0 where it knows nothing. */
export function probabilitiesOnCrop(
  refined: RefinedMask,
  crop: Crop,
  grid: Grid,
  size: number,
): Float32Array {
  const values = logitsOf(refined).map(sigmoid);
  const own = { size: Math.sqrt(values.length), values };
  if (own.size === size && sameCrop(refined.crop, crop)) return values;
  const inside = (position: number): boolean => position >= -0.5 && position <= own.size - 0.5;
  return Float32Array.from({ length: size * size }, (_, i) => {
    const at = toModel(
      refined.crop,
      grid,
      own.size,
      toSlice(crop, grid, size, i % size, Math.floor(i / size)),
    );
    return inside(at.x) && inside(at.y) ? valueAt(own, at.x, at.y) : 0;
  });
}

function sameCrop(a: Crop, b: Crop): boolean {
  return a.side === b.side && a.centre.x === b.centre.x && a.centre.y === b.centre.y;
}
