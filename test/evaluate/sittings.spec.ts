import type { Dataset } from '../../tools/evaluate/dataset';
import { freshCases, sittingsOf } from '../../tools/evaluate/sittings';
import { dataset, drawn, rows, width } from './annotated-images';

/** `count` images that two readers drew with 2 and 3 rows, half of them in group 0, half in group 1. */
function grouped(count: number, groups = 2): Dataset {
  return dataset(
    ...Array.from({ length: count }, (_, index) => ({
      group: Math.floor((index * groups) / count),
      ...drawn(rows(2), rows(3)),
    })),
  );
}

const imagesOf = (works: readonly { readonly slice: { readonly key: string } }[]): number[] =>
  works.map(({ slice }) => Number(slice.key.replace('image-', '')));

describe('the sittings of a data set', () => {
  const each = 3 + freshCases;

  it('are of one reader and one group each, with cases that are met only once', () => {
    const sittings = sittingsOf(grouped(4 * each), 3, 1);
    expect(sittings).toHaveLength(8);
    expect(new Set(sittings.map(({ reader }) => reader))).toEqual(new Set(['0/0', '0/1', '1/0', '1/1']));
    for (const { reader, warmUp, fresh } of sittings) {
      expect([warmUp.length, fresh.length]).toEqual([3, freshCases]);
      const images = imagesOf([...warmUp, ...fresh]);
      expect(new Set(images).size).toBe(each);
      const [group, who] = reader.split('/').map(Number);
      for (const image of images) expect(image >= 2 * each ? 1 : 0).toBe(group);
      for (const { target } of warmUp) expect(target.mask.area).toBe((who === 0 ? 2 : 3) * width);
    }
    const ofOne = sittings.filter(({ reader }) => reader === '0/0');
    expect(new Set(ofOne.flatMap(({ warmUp, fresh }) => imagesOf([...warmUp, ...fresh]))).size).toBe(
      2 * each,
    );
  });

  it('are none where a reader drew too little', () => {
    expect(sittingsOf(grouped(each - 1, 1), 3, 1)).toEqual([]);
  });

  it('are others for another seed and the same for the same', () => {
    const first = (seed: number): string => JSON.stringify(sittingsOf(grouped(4 * each), 3, seed)[0]?.warmUp);
    expect(first(1)).toBe(first(1));
    expect(new Set([1, 2, 3].map(first)).size).toBe(3);
  });
});
