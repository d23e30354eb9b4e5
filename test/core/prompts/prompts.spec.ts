import type { Crop, Grid } from '../../../extension/src/core/image/crop';
import { hintsOf, positionsOf, promptMaps, type Prompt } from '../../../extension/src/core/prompts/prompts';

const grid: Grid = { width: 64, height: 64, spacing: { x: 1, y: 1, unit: 'px' } };
const crop: Crop = { centre: { x: 31.5, y: 31.5 }, side: 64 };
const size = 32;
const channels = ['positive', 'negative', 'box', 'previous'] as const;

function draw(
  prompts: Prompt[],
  previous: Float32Array | null = null,
  order: readonly (typeof channels)[number][] = channels,
) {
  const maps = promptMaps(prompts, crop, grid, { channels: order, size, sigma: 2.5, previous });
  return (channel: (typeof channels)[number], u: number, v: number) =>
    maps[order.indexOf(channel) * size * size + v * size + u] ?? NaN;
}

describe('prompt maps', () => {
  it('put a Gaussian of the given width, in model pixels, around a point', () => {
    // Slice position 2u + .5 is the centre of model pixel u.
    const at = draw([{ kind: 'point', at: { x: 20.5, y: 30.5 }, positive: true }]);
    expect(at('positive', 10, 15)).toBeCloseTo(1, 6);
    expect(at('positive', 12, 15)).toBeCloseTo(Math.exp(-4 / 12.5), 6);
    expect(at('positive', 10, 18)).toBeCloseTo(Math.exp(-9 / 12.5), 6);
    expect(at('negative', 10, 15)).toBe(0);
  });

  it('take the larger value where points are near each other', () => {
    const at = draw([
      { kind: 'point', at: { x: 20.5, y: 30.5 }, positive: false },
      { kind: 'point', at: { x: 24.5, y: 30.5 }, positive: false },
    ]);
    expect(at('negative', 11, 15)).toBeCloseTo(Math.exp(-1 / 12.5), 6);
    expect(at('negative', 10, 15)).toBeCloseTo(1, 6);
  });

  it('mark a box with all pixels that it touches and a little slack, whichever way it was drawn', () => {
    for (const [from, to] of [
      [
        { x: 10, y: 40 },
        { x: 21, y: 51 },
      ],
      [
        { x: 21, y: 51 },
        { x: 10, y: 40 },
      ],
    ] as const) {
      const at = draw([{ kind: 'box', from, to }]);
      // From pixel 10 to pixel 21 with their outer edges is 4.5..10.5 in model pixels; the slack is a quarter of one.
      expect([at('box', 4, 22), at('box', 5, 22), at('box', 10, 22), at('box', 11, 22)]).toEqual([
        0, 1, 1, 0,
      ]);
    }
  });

  it('give slack by the longer side of a box', () => {
    // 40 pixels long: 1.6 slice pixels of slack on all sides, that is .8 model pixels beyond 4.5..24.5 and 14.5..16.5.
    const at = draw([{ kind: 'box', from: { x: 10, y: 30 }, to: { x: 49, y: 33 } }]);
    expect([at('box', 3, 15), at('box', 4, 15), at('box', 25, 15), at('box', 26, 15)]).toEqual([0, 1, 1, 0]);
    expect([at('box', 15, 13), at('box', 15, 14), at('box', 15, 17), at('box', 15, 18)]).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it('draw a scribble without gaps', () => {
    const at = draw([
      {
        kind: 'scribble',
        points: [
          { x: 4.5, y: 30.5 },
          { x: 54.5, y: 30.5 },
        ],
        positive: true,
      },
    ]);
    for (let u = 2; u <= 27; u++) expect(at('positive', u, 15)).toBeGreaterThan(0.98);
  });

  it('point at the middle of a box alone, and of the last one only, until the user points himself', () => {
    const box: Prompt = { kind: 'box', from: { x: 10.5, y: 40.5 }, to: { x: 30.5, y: 20.5 } };
    const earlier: Prompt = { kind: 'box', from: { x: 50, y: 50 }, to: { x: 60, y: 60 } };
    const alone = draw([earlier, box]);
    expect(alone('positive', 10, 15)).toBeCloseTo(1, 6);
    expect(alone('positive', 27, 27)).toBe(0);
    const refused = draw([box, { kind: 'point', at: { x: 12.5, y: 38.5 }, positive: false }]);
    expect(refused('positive', 10, 15)).toBeCloseTo(1, 6);
    const pointed = draw([box, { kind: 'point', at: { x: 40.5, y: 30.5 }, positive: true }]);
    expect(pointed('positive', 10, 15)).toBeLessThan(0.01);
    expect(pointed('positive', 20, 15)).toBeCloseTo(1, 6);
  });

  it('follow the order of the manifest and carry the previous mask', () => {
    const previous = new Float32Array(size * size).fill(0.25);
    const at = draw([{ kind: 'point', at: { x: 20.5, y: 30.5 }, positive: true }], previous, [
      'previous',
      'positive',
    ]);
    expect(at('previous', 3, 3)).toBe(0.25);
    expect(at('positive', 10, 15)).toBeCloseTo(1, 6);
  });

  it('leave out what lies far outside the crop', () => {
    const at = draw([{ kind: 'point', at: { x: 500, y: 500 }, positive: true }]);
    expect(at('positive', 31, 31)).toBe(0);
  });
});

describe('prompts', () => {
  const prompts: Prompt[] = [
    { kind: 'point', at: { x: 1, y: 2 }, positive: true },
    { kind: 'box', from: { x: 3, y: 4 }, to: { x: 5, y: 6 } },
    { kind: 'scribble', points: [{ x: 7, y: 8 }], positive: false },
  ];

  it('say inside or outside by their points, in the order in which they were drawn', () => {
    expect(hintsOf(prompts)).toEqual([
      { at: { x: 1, y: 2 }, positive: true },
      { at: { x: 7, y: 8 }, positive: false },
    ]);
  });

  it('ask the field of view for all their positions', () => {
    expect(positionsOf(prompts).map(point => point.x)).toEqual([1, 3, 5, 7]);
  });
});
