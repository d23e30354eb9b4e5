import { componentsAt, connectedComponents } from '../../../extension/src/core/image/components';
import { tidyMap } from '../../../extension/src/core/recommended/tidy';

/** Rows are filled up with background to a square. */
function grid(rows: readonly string[], size = rows.length) {
  const empty = Array<string>(size - rows.length).fill('');
  const cells = [...rows, ...empty]
    .map(row => row.padEnd(size, '.'))
    .join('')
    .split('');
  return {
    size,
    map: Float32Array.from(cells, cell => (cell === '.' ? 0.2 : 0.9)),
    anchors: Uint8Array.from(cells, cell => (cell === '+' ? 1 : 0)),
  };
}

const draw = (map: Float32Array, size: number) =>
  Array.from({ length: size }, (_, v) =>
    Array.from(map.slice(v * size, (v + 1) * size), value => (value > 0.5 ? '#' : '.')).join(''),
  );

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

describe('a tidy map', () => {
  const far = ['##', '##', ...Array<string>(14).fill(''), '....###', '....#+#.##', '....###'];
  const side = 40;

  it('keeps what is at the prompt with its satellite, and drops what is far', () => {
    const { map, size, anchors } = grid(far, side);
    const tidy = draw(tidyMap(map, size, 0.5, anchors), size);
    expect(tidy[0]).toBe('.'.repeat(side));
    expect(tidy[17]).toBe('....###.##'.padEnd(side, '.'));
  });

  it('takes for a satellite what is near along both axes', () => {
    const { map, size, anchors } = grid(['#+#...###', ...Array<string>(5).fill(''), '###'], side);
    const tidy = draw(tidyMap(map, size, 0.5, anchors), size);
    expect(tidy[0]).toBe('###'.padEnd(side, '.'));
    expect(tidy[6]).toBe('.'.repeat(side));
  });

  it('takes no speck for a satellite, however near it is', () => {
    const block = [...Array<string>(5).fill('#####'), '', '#'];
    const speck = grid(['+####', ...block.slice(1)], side);
    expect(draw(tidyMap(speck.map, side, 0.5, speck.anchors), side)[6]).toBe('.'.repeat(side));
    const piece = grid(['+####', ...block.slice(1, -1), '##'], side);
    expect(draw(tidyMap(piece.map, side, 0.5, piece.anchors), side)[6]).toBe('##'.padEnd(side, '.'));
  });

  it('keeps the largest part where nothing is at the prompt', () => {
    const { map, size } = grid(far, side);
    const tidy = draw(tidyMap(map, size, 0.5, new Uint8Array(size * size)), size);
    expect(tidy[0]).toBe('.'.repeat(side));
    expect(tidy[17]).toBe('....###.##'.padEnd(side, '.'));
  });

  it('leaves the map it was given as it was', () => {
    const { map, size, anchors } = grid(far, side);
    const before = map.slice();
    tidyMap(map, size, 0.5, anchors);
    expect(map).toEqual(before);
  });

  it('keeps values below the threshold: the border of the mask is interpolated from them', () => {
    const { map, size, anchors } = grid(far, side);
    expect(tidyMap(map, size, 0.5, anchors)[5]).toBeCloseTo(0.2, 6);
  });
});
