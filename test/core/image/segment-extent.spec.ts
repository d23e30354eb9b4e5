import { describe, expect, it } from '@jest/globals';
import { segmentExtent, type SegmentOnSlice } from '../../../extension/src/core/image/segment-extent';

const at = (along: number | null, area: number | null): SegmentOnSlice => ({
  along,
  area,
  isEmpty: area === 0,
});

describe('the extent of a segment', () => {
  it('is a volume of slabs that reach half way to the images beside them', () => {
    const slices = [at(0, 0), at(2, 10), at(4, 20), at(8, 5), at(12, 0)];
    expect(segmentExtent(slices)).toEqual({ images: 3, missing: 0, volume: 10 * 2 + 20 * 3 + 5 * 4 });
  });

  it('reaches as far out as in at the ends of the series', () => {
    expect(segmentExtent([at(0, 10), at(2, 10)]).volume).toBe(40);
    expect(segmentExtent([at(0, 10), at(2, 10), at(3, 10)]).volume).toBe(20 + 15 + 10);
  });

  it('does not depend on the order of the stack', () => {
    const slices = [at(0, 0), at(2.5, 10), at(5, 20), at(7.5, 0)];
    expect(segmentExtent([...slices].reverse())).toEqual(segmentExtent(slices));
    expect(segmentExtent(slices).volume).toBe(75);
  });

  it('has no volume while images between are missing, and says how many', () => {
    const slices = [at(0, 10), at(1, 0), at(2, 0), at(3, 10), at(4, 10), at(5, 0)];
    expect(segmentExtent(slices)).toEqual({ images: 3, missing: 2, volume: null });
  });

  it('has no volume on a single image', () => {
    expect(segmentExtent([at(0, 0), at(1, 10), at(2, 0)])).toEqual({ images: 1, missing: 0, volume: null });
  });

  it.each([
    ['have no place', [at(null, 10), at(null, 10)]],
    ['have no pixel spacing', [at(0, null), at(1, null)]],
    ['are drawn on twice at one place, as two echoes', [at(0, 10), at(0, 10), at(5, 10), at(5, 10)]],
  ])('has no volume where images %s', (_what, slices) => {
    expect(segmentExtent(slices)).toEqual({ images: slices.length, missing: 0, volume: null });
  });

  it('is that of one echo where the other one at the same place is empty', () => {
    const slices = [at(0, 10), at(5, 20), at(10, 0), at(0, 0), at(5, 0), at(10, 0)];
    expect(segmentExtent(slices)).toEqual({ images: 2, missing: 0, volume: 150 });
  });

  it('of an empty segment is none', () => {
    expect(segmentExtent([at(0, 0), at(1, 0)])).toEqual({ images: 0, missing: 0, volume: null });
    expect(segmentExtent([])).toEqual({ images: 0, missing: 0, volume: null });
  });
});
