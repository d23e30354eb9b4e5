import { decodeMask } from '../../extension/src/core/image/mask';
import { casesOf, someOf } from '../../tools/evaluate/cases';
import { dataset, drawn, height, rows, width } from './annotated-images';

describe('the cases of a data set', () => {
  it('have one of the readers who drew enough as their target', () => {
    const cases = casesOf(dataset(drawn(rows(0), rows(1), rows(3))), 'reader', 1);
    expect(cases.map(each => each.target.mask.area)).toEqual([3 * width]);
  });

  it('are none where nobody drew enough', () => {
    expect(casesOf(dataset(drawn(rows(0), rows(1))), 'reader', 1)).toEqual([]);
  });

  it('choose every reader by some seed, and the same one by the same', () => {
    const areas = (seed: number): number[] =>
      casesOf(dataset(drawn(rows(2), rows(3), rows(4))), 'reader', seed).map(
        each => each.target.mask.area / width,
      );
    const chosen = new Set(Array.from({ length: 40 }, (_, seed) => areas(seed)[0]));
    expect([...chosen].sort()).toEqual([2, 3, 4]);
    expect(areas(5)).toEqual(areas(5));
  });

  it('count the readers of each pixel', () => {
    const [only] = casesOf(dataset(drawn(rows(2), rows(3))), 'reader', 1);
    expect(only?.target.votes[0]).toBe(2);
    expect(only?.target.votes[2 * width]).toBe(1);
    expect(only?.target.votes[3 * width]).toBe(0);
  });

  it('tell how much those who drew agree, and nothing of one alone', () => {
    const [two, alone] = casesOf(
      dataset(drawn(rows(1), rows(3), rows(0)), drawn(rows(0), rows(2))),
      'reader',
      1,
    );
    expect(two?.agreement).toBeCloseTo(0.5, 12);
    expect(alone?.agreement).toBeNull();
  });

  it('take the majority of those who agree at a disputed pixel', () => {
    // Disputed are rows 3 and 4: who marks row 3 has at least three rows, who does not has two.
    const readers = [rows(2), rows(2), rows(2), rows(4)];
    const areas = Array.from({ length: 30 }, (_, seed) =>
      casesOf(dataset(drawn(...readers)), 'agreeing', seed).map(each => each.target.mask.area / width),
    ).flat();
    expect(new Set(areas)).toEqual(new Set([2, 4]));
  });

  it('take what all drew where nobody disagrees', () => {
    const [only] = casesOf(dataset(drawn(rows(3), rows(3))), 'agreeing', 1);
    expect(decodeMask(only?.target.mask ?? { width, height, runs: new Uint32Array(), area: 0 })).toEqual(
      rows(3),
    );
  });

  it('are images with their grey values as they are', () => {
    const [only] = casesOf(dataset(drawn(rows(3))), 'reader', 1);
    expect(only?.slice).toMatchObject({
      width,
      height,
      channels: 1,
      spacing: { x: 1, y: 1, unit: 'px' },
      window: { lower: 0, upper: 255 },
      inverted: false,
    });
  });
});

describe('a part of the cases', () => {
  const all = casesOf(dataset(...Array.from({ length: 20 }, () => drawn(rows(2), rows(3)))), 'reader', 1);

  it('has as many as asked for, in their order, each as it is in the whole', () => {
    const some = someOf(all, 5, 1);
    expect(some).toHaveLength(5);
    expect(some.map(each => each.index)).toEqual(some.map(each => each.index).sort((a, b) => a - b));
    for (const each of some) expect(each).toBe(all[each.index]);
  });

  it('is another for another seed', () => {
    const chosen = (seed: number): string =>
      someOf(all, 5, seed)
        .map(each => each.index)
        .join();
    expect(chosen(1)).toBe(chosen(1));
    expect(new Set([1, 2, 3, 4].map(chosen)).size).toBeGreaterThan(1);
  });

  it('is all when there are not more', () => {
    expect(someOf(all, 50, 1)).toEqual(all);
    expect(someOf(all, null, 1)).toEqual(all);
  });
});
