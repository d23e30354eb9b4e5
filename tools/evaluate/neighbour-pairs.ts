import { groupedBy } from '../../extension/src/core/grouped-by';
import { deriveSeed, seededRandom } from '../../extension/src/core/random';
import { area, fewestPixels } from './cases';
import type { Dataset } from './dataset';
import type { Place } from './work';

/** One structure on two images that lie next to each other, as one reader drew it on both. */
export interface NeighbourPair {
  readonly index: number;
  readonly patient: string;
  readonly first: Place;
  readonly second: Place;
  /** Of the session on both. */
  readonly seed: number;
}

/**
 * All pairs of a data set: each image of a patient's nodule, with the one below and the one above it. The seed chooses the reader of each pair
 * among those who drew enough on both, independent of all others.
 */
export function neighbourPairsOf(dataset: Dataset, seed: number): readonly NeighbourPair[] {
  const all = drawingsOf(dataset);
  const bySlice = groupedBy(all, drawing => nameOnSlice(drawing, drawing.sliceNumber));
  const pairs: NeighbourPair[] = [];
  let candidate = 0;
  for (const first of all) {
    const beside = [first.sliceNumber - 1, first.sliceNumber + 1];
    for (const second of beside.flatMap(number => bySlice.get(nameOnSlice(first, number)) ?? [])) {
      const pairSeed = deriveSeed(seed, candidate++);
      const readers = first.readers.filter(reader => second.readers.includes(reader));
      const reader = readers[seededRandom(pairSeed).below(readers.length)];
      if (reader === undefined) continue;
      pairs.push({
        index: pairs.length,
        patient: first.patient,
        first: { image: first.image, structure: first.structure, reader },
        second: { image: second.image, structure: second.structure, reader },
        seed: pairSeed,
      });
    }
  }
  return pairs;
}

/** One structure on one image that is known to lie next to others. */
interface Drawing extends Omit<Place, 'reader'> {
  readonly patient: string;
  readonly nodule: string;
  readonly label: number;
  readonly sliceNumber: number;
  /** Numbers of those who drew enough. */
  readonly readers: readonly number[];
}

function drawingsOf({ images }: Dataset): Drawing[] {
  return images.flatMap(({ patient, nodule, sliceNumber, structures }, image) =>
    sliceNumber === null
      ? []
      : structures.map(({ label, readers }, structure) => ({
          image,
          structure,
          patient,
          nodule,
          label,
          sliceNumber,
          readers: readers.flatMap((mask, reader) => (area(mask) >= fewestPixels ? [reader] : [])),
        })),
  );
}

/** The same for the same structure on images of one slice. */
function nameOnSlice({ patient, nodule, label }: Drawing, sliceNumber: number): string {
  return JSON.stringify([patient, nodule, label, sliceNumber]);
}
