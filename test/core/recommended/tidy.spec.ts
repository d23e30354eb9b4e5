import { tidyMap } from '../../../extension/src/core/recommended/tidy';
import { grid } from '../image/drawn-map';

const draw = (map: Float32Array, size: number) =>
  Array.from({ length: size }, (_, v) =>
    Array.from(map.slice(v * size, (v + 1) * size), value => (value > 0.5 ? '#' : '.')).join(''),
  );

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
