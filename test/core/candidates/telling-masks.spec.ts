import { tellingMasks } from '../../../extension/src/core/candidates/telling-masks';
import type { Samples } from '../../../extension/src/core/network/samples';

const size = 16;

/** The upper rows of the grid. */
function rows(count: number): Float32Array {
  return new Float32Array(size * size).fill(1, 0, Math.round(count * size));
}

function samplesOf(...maps: readonly Float32Array[]): Samples {
  const probabilities = new Float32Array(maps.length * size * size);
  maps.forEach((map, n) => probabilities.set(map, n * size * size));
  return { count: maps.length, size, dimension: 1, latents: new Float32Array(maps.length), probabilities };
}

const shown = (count: number) => ({ map: rows(count), threshold: 0.5, count });
const anchored = { threshold: 0.5, anchors: Uint8Array.from(rows(1)), most: 4 };
const counts = (found: readonly { readonly count: number }[]): number[] => found.map(each => each.count);

describe('the masks worth a card', () => {
  it('are those to which many samples are nearer than to the recommended one, the most useful first', () => {
    const samples = samplesOf(rows(8), rows(8), rows(4), rows(12), rows(12), rows(12));
    expect(counts(tellingMasks([shown(4), shown(12)], shown(8), samples, anchored))).toEqual([12, 4]);
  });

  it('leave out one that says what another has said, and one for which no sample stands', () => {
    const samples = samplesOf(rows(8), rows(12), rows(12));
    expect(counts(tellingMasks([shown(12), shown(12), shown(3)], shown(8), samples, anchored))).toEqual([12]);
  });

  it('are none where all samples are like the recommended one', () => {
    expect(tellingMasks([shown(4), shown(12)], shown(8), samplesOf(rows(8), rows(8)), anchored)).toEqual([]);
  });

  it('are worth it by what all samples gain: one in a hundred that comes a little nearer is not enough', () => {
    const samples = (count: number) =>
      samplesOf(...Array.from({ length: 100 }, (_, n) => rows(n < count ? 9 : 8)));
    expect(tellingMasks([shown(9)], shown(8), samples(1), anchored)).toEqual([]);
    expect(counts(tellingMasks([shown(9)], shown(8), samples(4), anchored))).toEqual([9]);
  });

  it('are no more than there is room for', () => {
    const samples = samplesOf(rows(4), rows(8), rows(12), rows(12));
    expect(counts(tellingMasks([shown(4), shown(12)], shown(8), samples, { ...anchored, most: 1 }))).toEqual([
      12,
    ]);
    expect(tellingMasks([shown(4)], shown(8), samples, { ...anchored, most: 0 })).toEqual([]);
  });
});
