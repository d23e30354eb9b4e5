import { groupedBy } from '../../extension/src/core/grouped-by';
import { deriveSeed, seededRandom } from '../../extension/src/core/random';
import { area, fewestPixels } from './cases';
import type { Dataset } from './dataset';
import { workAt, type Place, type Work } from './work';

/** One reader works through some cases, and others are kept to see what that was worth. */
export interface Sitting {
  readonly index: number;
  /** Who: the same name is the same person. */
  readonly reader: string;
  readonly warmUp: readonly Work[];
  readonly fresh: readonly Work[];
  readonly seed: number;
}

/** New cases of a sitting. */
export const freshCases = 8;

/** Cases that a reader works through before the last measurement. `after`: ascending. */
export function warmUpCases(after: readonly number[]): number {
  return after.at(-1) ?? 0;
}

/**
 * Every reader's images in random order, cut into sittings of `warmUp` and `freshCases` cases; what is left over is not used. Reader r of an image is
 * the same person on all images of one group (the array `readers` of the file); a file without groups is one group.
 */
export function sittingsOf(dataset: Dataset, warmUp: number, seed: number): readonly Sitting[] {
  const sittings: Sitting[] = [];
  [...placesByReader(dataset)].forEach(([reader, places], number) => {
    const random = seededRandom(seed, 2 + number);
    const shuffled = places
      .map(place => ({ place, order: random.uniform() }))
      .sort((a, b) => a.order - b.order)
      .map(({ place }) => place);
    const size = warmUp + freshCases;
    for (let start = 0; start + size <= shuffled.length; start += size) {
      const works = shuffled.slice(start, start + size).map(place => workAt(dataset, place));
      sittings.push({
        index: sittings.length,
        reader,
        warmUp: works.slice(0, warmUp),
        fresh: works.slice(warmUp),
        seed: deriveSeed(seed, sittings.length),
      });
    }
  });
  return sittings;
}

/** By the reader's name, all that this reader drew and is large enough. */
function placesByReader({ images }: Dataset): ReadonlyMap<string, readonly Place[]> {
  const places = images.flatMap(({ structures }, image) =>
    structures.flatMap(({ readers }, structure) =>
      readers.flatMap((drawn, reader) => (area(drawn) < fewestPixels ? [] : [{ image, structure, reader }])),
    ),
  );
  return groupedBy(places, ({ image, reader }) => `${images[image]?.group ?? 0}/${reader}`);
}
