import { seededRandom } from '../../extension/src/core/random';
import { ellipsoid, type Position } from '../../demo/phantom/shape';
import { growVesselTree } from '../../demo/phantom/vessel-tree';

const region = ellipsoid([70, 0, 0], [45, 60, 60]);
const root: Position = [30, 0, 0];

describe('a vessel tree', () => {
  const segments = growVesselTree(
    {
      roots: [root],
      region,
      side: 1,
      twigs: 120,
      twigRadius: 0.4,
      feeds: [{ at: [90, 20, 10], radius: 1.5 }],
    },
    seededRandom(3),
  );
  const key = (at: Position): string => at.join();

  it('hangs together: every piece starts at the root or where another ends', () => {
    const ends = new Set([key(root), ...segments.map(({ to }) => key(to))]);
    expect(segments.every(({ from }) => ends.has(key(from)))).toBe(true);
    expect(segments.length).toBeGreaterThan(120);
  });

  it('is never thinner than what leaves it', () => {
    const arriving = new Map(segments.map(segment => [key(segment.to), segment.toRadius]));
    for (const { from, toRadius } of segments) {
      expect(arriving.get(key(from)) ?? Infinity).toBeGreaterThanOrEqual(toRadius - 1e-9);
    }
  });

  it('keeps to its region but for the way in', () => {
    const outside = segments.filter(({ to }) => region.distance(...to) > 5);
    expect(outside.length).toBeLessThan(0.05 * segments.length);
  });

  it('reaches what it must feed, with a branch of the width asked for', () => {
    const feeding = segments.find(({ to }) => key(to) === '90,20,10');
    expect(feeding?.toRadius).toBeGreaterThanOrEqual(1.5);
  });
});
