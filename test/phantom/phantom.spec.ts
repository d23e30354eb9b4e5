import { createHash } from 'node:crypto';
import { coarserGrid } from '../../demo/phantom/grid';
import { makePhantom } from '../../demo/phantom/phantom';

const grid = coarserGrid(128, 6);

function hash(values: Uint16Array): string {
  return createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex');
}

/** Share of the values within [from, to]. */
function share(values: Float32Array, from: number, to: number): number {
  return values.filter(value => value >= from && value <= to).length / values.length;
}

describe('the phantom', () => {
  const phantom = makePhantom(7, grid);

  it('gives the same voxels for the same seed, in whatever order slices are asked for', () => {
    const again = makePhantom(7, grid);
    const backwards = [4, 1].map(slice => hash(again.stored(slice))).reverse();
    expect([1, 4].map(slice => hash(phantom.stored(slice)))).toEqual(backwards);
  });

  it('is another chest with another seed', () => {
    expect(hash(makePhantom(8, grid).stored(3))).not.toBe(hash(phantom.stored(3)));
  });

  it('holds air, lung, fat, muscle, blood and bone in plausible shares', () => {
    const slice = phantom.ideal(3);
    expect(share(slice, -1024, -975)).toBeGreaterThan(0.3);
    expect(share(slice, -920, -780)).toBeGreaterThan(0.1);
    expect(share(slice, -125, -75)).toBeGreaterThan(0.04);
    expect(share(slice, 35, 75)).toBeGreaterThan(0.05);
    expect(share(slice, 140, 200)).toBeGreaterThan(0.01);
    expect(share(slice, 350, 1000)).toBeGreaterThan(0.005);
    expect(Math.max(...slice)).toBeLessThan(1100);
    expect(Math.min(...slice)).toBeGreaterThanOrEqual(-1000);
  });

  it('is surrounded by air and lies on a table', () => {
    const slice = phantom.ideal(3);
    const at = (column: number, row: number): number => slice[row * grid.size + column] ?? NaN;
    expect([at(0, 0), at(127, 0), at(0, 127), at(127, 127)]).toEqual([-1000, -1000, -1000, -1000]);
    const under = Array.from({ length: 24 }, (_, i) => at(64, 104 + i));
    expect(Math.max(...under)).toBeGreaterThan(-700);
  });

  it('has lungs over the diaphragm and liver under it', () => {
    const lowest = share(phantom.ideal(0), -920, -780);
    const middle = share(phantom.ideal(3), -920, -780);
    expect(lowest).toBeLessThan(0.6 * middle);
    expect(share(phantom.ideal(0), 95, 125)).toBeGreaterThan(3 * share(phantom.ideal(4), 95, 125));
  });

  it('changes little from one slice to the next', () => {
    const thin = makePhantom(7, coarserGrid(128, 48));
    const [here, next, far] = [thin.ideal(20), thin.ideal(21), thin.ideal(40)];
    const change = (a: Float32Array, b: Float32Array): number =>
      a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? NaN)), 0) / a.length;
    expect(change(here, next)).toBeGreaterThan(1);
    expect(change(here, next)).toBeLessThan(0.35 * change(here, far));
  });

  it('stores HU + 1024 in 12 bits, with noise', () => {
    const stored = phantom.stored(3);
    const ideal = phantom.ideal(3);
    expect(Math.max(...stored)).toBeLessThanOrEqual(4095);
    const muscle = [...ideal.keys()].filter(i => Math.abs((ideal[i] ?? 0) - 56) < 4);
    const errors = muscle.map(i => (stored[i] ?? 0) - 1024 - (ideal[i] ?? 0));
    const mean = errors.reduce((sum, e) => sum + e, 0) / errors.length;
    expect(Math.abs(mean)).toBeLessThan(40);
    expect(new Set(errors.map(Math.round)).size).toBeGreaterThan(20);
  });
});
