import type { AnnotatedImage } from '../../tools/evaluate/dataset';
import { neighbourPairsOf, type NeighbourPair } from '../../tools/evaluate/neighbour-pairs';
import { dataset, drawn, rows } from './annotated-images';

const both = drawn(rows(2), rows(3));

/** An image of one patient's only nodule. */
function slice(sliceNumber: number, more: Partial<AnnotatedImage> = both): Partial<AnnotatedImage> {
  return { patient: 'p', sliceNumber, ...more };
}

/** Images of each pair, first and second. */
const imagesOf = (pairs: readonly NeighbourPair[]): number[][] =>
  pairs.map(({ first, second }) => [first.image, second.image]);

describe('the pairs of neighbouring images', () => {
  it('lead up and down between slices whose numbers differ by 1, in whatever order the file has them', () => {
    const pairs = neighbourPairsOf(dataset(slice(12), slice(10), slice(11), slice(14)), 1);
    expect(imagesOf(pairs)).toEqual([
      [0, 2],
      [1, 2],
      [2, 1],
      [2, 0],
    ]);
    expect(pairs.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(pairs.map(({ patient }) => patient)).toEqual(['p', 'p', 'p', 'p']);
  });

  it('are of one patient and one nodule', () => {
    const images = dataset(
      slice(1),
      slice(2, { ...both, patient: 'q' }),
      slice(2, { ...both, nodule: 'n1' }),
      slice(3, { ...both, nodule: 'n1' }),
    );
    expect(imagesOf(neighbourPairsOf(images, 1))).toEqual([
      [2, 3],
      [3, 2],
    ]);
  });

  it('are of what has the same label on both, wherever it stands among the structures of each', () => {
    const structure = (label: number) => ({ label, readers: [rows(2)] });
    const pairs = neighbourPairsOf(
      dataset(
        slice(1, { structures: [structure(1), structure(2)] }),
        slice(2, { structures: [structure(2), structure(3)] }),
      ),
      1,
    );
    expect(pairs.map(({ first, second }) => [first.structure, second.structure])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('are of a reader who drew enough on both', () => {
    const images = dataset(
      slice(1, drawn(rows(2), rows(1), rows(2))),
      slice(2, drawn(rows(0), rows(2), rows(2))),
      slice(3, drawn(rows(2), rows(0), rows(1))),
    );
    for (let seed = 0; seed < 10; seed++) {
      const pairs = neighbourPairsOf(images, seed);
      expect(imagesOf(pairs)).toEqual([
        [0, 1],
        [1, 0],
      ]);
      for (const { first, second } of pairs) expect([first.reader, second.reader]).toEqual([2, 2]);
    }
  });

  it('choose every such reader by some seed, and the same one by the same', () => {
    const readers = (seed: number): number[] =>
      neighbourPairsOf(dataset(slice(1), slice(2)), seed).map(({ first }) => first.reader);
    expect(new Set(Array.from({ length: 20 }, (_, seed) => readers(seed)[0]))).toEqual(new Set([0, 1]));
    expect(readers(5)).toEqual(readers(5));
  });

  it('are none where no slice has a number', () => {
    expect(neighbourPairsOf(dataset({ ...both, patient: 'p' }, { ...both, patient: 'p' }), 1)).toEqual([]);
  });
});
