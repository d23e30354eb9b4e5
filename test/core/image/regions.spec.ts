import { seededRandom } from '../../../extension/src/core/random';
import { squaredDepth } from '../../../extension/src/core/image/squared-depth';
import {
  componentAreas,
  connectedTo,
  deepestPoint,
  largestComponent,
} from '../../../extension/src/core/image/regions';
import { grid } from '../../grid-in-text';

describe('the depth inside a region', () => {
  it('is the exact distance to the nearest pixel outside, the border of the image being outside', () => {
    const width = 17;
    const height = 11;
    const random = seededRandom(7);
    const inside = Uint8Array.from({ length: width * height }, () => (random.uniform() < 0.9 ? 1 : 0));
    const depth = squaredDepth(inside, width, height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let nearest = Infinity;
        for (let v = -1; v <= height; v++) {
          for (let u = -1; u <= width; u++) {
            const outside = u < 0 || v < 0 || u >= width || v >= height || inside[v * width + u] === 0;
            if (outside) nearest = Math.min(nearest, (u - x) ** 2 + (v - y) ** 2);
          }
        }
        expect(depth[y * width + x]).toBe(nearest);
      }
    }
  });

  it('is measured to the border where everything is inside', () => {
    expect([...squaredDepth(grid('###', '###', '###').pixels, 3, 3)]).toEqual([1, 1, 1, 1, 4, 1, 1, 1, 1]);
  });
});

describe('the deepest point', () => {
  it('lies in the middle of a disc, not at its centre of gravity with a tail', () => {
    expect(deepestPoint(grid('..........', '.###......', '.###......', '.########.', '..........'))).toEqual({
      x: 2,
      y: 2,
    });
  });

  it('is the first of equals in reading order', () => {
    expect(deepestPoint(grid('.#.#.', '.....'))).toEqual({ x: 1, y: 0 });
  });

  it('of nothing is nowhere', () => {
    expect(deepestPoint(grid('...', '...'))).toBeNull();
  });
});

describe('the parts of a region', () => {
  it('hang together by their sides', () => {
    expect(componentAreas(grid('##..#', '#..#.', '..##.'))).toEqual([3, 1, 3]);
    expect(componentAreas(grid('...'))).toEqual([]);
  });
});

describe('what hangs together with some pixels', () => {
  it('is reached by sides from those of them that are in the region, and not around the edge', () => {
    const region = grid('##..#', '#..#.', '..#.#', '.#.##');
    const seeds = grid('.#...', '..#..', '.....', '...#.').pixels;
    expect(connectedTo(region, seeds)).toEqual(grid('##...', '#....', '....#', '...##').pixels);
  });
});

describe('the largest component', () => {
  it('hangs together by sides, not by corners', () => {
    const found = largestComponent(grid('##..#', '#..#.', '..#..', '.#.##', '...##'));
    expect(found?.area).toBe(4);
    expect(found?.region).toEqual(grid('.....', '.....', '.....', '...##', '...##'));
  });

  it('does not reach around the edge of the image', () => {
    expect(largestComponent(grid('..##', '##..'))?.area).toBe(2);
  });

  it('of nothing is none', () => {
    expect(largestComponent(grid('..', '..'))).toBeNull();
  });
});
