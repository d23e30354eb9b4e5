import { distinctCandidates } from '../../../extension/src/core/candidates/distinct-candidates';
import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';

const grid = { width: 40, height: 1, spacing: { x: 1, y: 1, unit: 'mm' } } as const;

/** The first `length` pixels of a row. */
function row(length: number): Mask {
  return encodeMask(
    Uint8Array.from({ length: grid.width }, (_, x) => (x < length ? 1 : 0)),
    grid.width,
    grid.height,
  );
}

describe('distinct candidates', () => {
  it('are those that can be told apart from the recommended mask and from each other, ascending by area', () => {
    const proposed = [30, 20, 0, 10].map((length, n) => ({ mask: row(length), members: [n] }));
    const candidates = distinctCandidates(proposed, row(20), grid, 4);
    expect(candidates.map(({ mask, areaDifferencePercent }) => [mask.area, areaDifferencePercent])).toEqual([
      [10, -50],
      [30, 50],
    ]);
  });

  it('name the samples whose mean they are, and have the share of all that are alike', () => {
    const proposed = [
      { mask: row(30), members: [0, 3] },
      { mask: row(29), members: [1] },
    ];
    expect(distinctCandidates(proposed, row(10), grid, 4)).toMatchObject([
      { mask: row(30), members: [0, 3], share: 0.75 },
    ]);
  });
});
