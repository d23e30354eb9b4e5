import { componentsAt, connectedComponents } from '../../../extension/src/core/image/components';
import { grid } from './drawn-map';

describe('connected components', () => {
  it('join over corners and carry area and bounds', () => {
    const { map, size, anchors } = grid(['#...', '.#..', '...+', '..##']);
    const found = connectedComponents(map, size, 0.5);
    expect(
      found.components.map(({ area, left, right, top, bottom }) => [area, left, right, top, bottom]),
    ).toEqual([
      [2, 0, 1, 0, 1],
      [3, 2, 3, 2, 3],
    ]);
    expect(componentsAt(found, anchors).map(component => component.area)).toEqual([3]);
  });
});

describe('connected components over edges', () => {
  it('fall apart where pixels share but a corner', () => {
    const { map, size } = grid(['#...', '.#..', '..##', '..##']);
    const areas = connectedComponents(map, size, 0.5, 'over-edges').components.map(({ area }) => area);
    expect(areas).toEqual([1, 1, 4]);
  });
});
