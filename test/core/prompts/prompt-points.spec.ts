import { wholeSlice } from '../../../extension/src/core/image/crop';
import { promptPoints } from '../../../extension/src/core/prompts/prompt-points';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';

const grid = { width: 200, height: 100, spacing: { x: 1, y: 1, unit: 'px' as const } };
const crop = wholeSlice(grid);

function told(prompts: readonly Prompt[], order: 'xy' | 'yx' = 'xy') {
  const { points, labels } = promptPoints(prompts, crop, grid, { size: 100, order, mask: null });
  return { points: Array.from(points, value => Math.round(value * 1e6) / 1e6), labels: Array.from(labels) };
}

const point = (x: number, y: number, positive = true): Prompt => ({ kind: 'point', at: { x, y }, positive });

describe('prompts as points', () => {
  it('are in model pixels of the padded slice, in the order of the bundle', () => {
    // Two slice pixels a model pixel: pixel centres 40.5 and 20.5 lie on the centre of model pixel 20 and 10.
    expect(told([point(40.5, 20.5)])).toEqual({ points: [20, 10], labels: [1] });
    expect(told([point(40.5, 20.5)], 'yx')).toEqual({ points: [10, 20], labels: [1] });
  });

  it('tell clicks outside the structure as such, in the order in which they were placed', () => {
    expect(told([point(0.5, 0.5), point(4.5, 2.5, false)])).toEqual({
      points: [0, 0, 2, 1],
      labels: [1, 0],
    });
  });

  it('tell the corners of the box drawn last, whichever way it was drawn', () => {
    const first: Prompt = { kind: 'box', from: { x: 0, y: 0 }, to: { x: 9, y: 9 } };
    const last: Prompt = { kind: 'box', from: { x: 60.5, y: 10.5 }, to: { x: 20.5, y: 40.5 } };
    expect(told([first, last, point(40.5, 20.5)])).toEqual({
      points: [20, 10, 10, 5, 30, 20],
      labels: [1, 2, 3],
    });
  });

  it('tell a scribble as a few of its points, with its ends', () => {
    const points = Array.from({ length: 101 }, (_, i) => ({ x: i + 0.5, y: 10.5 }));
    const { points: found, labels } = told([{ kind: 'scribble', points, positive: false }]);
    expect(labels).toEqual([0, 0, 0, 0, 0]);
    expect(found.filter((_, i) => i % 2 === 0)).toEqual([0, 12.5, 25, 37.5, 50]);
  });

  it('say that there is none where there is none', () => {
    expect(told([])).toEqual({ points: [0, 0], labels: [-1] });
  });
});
