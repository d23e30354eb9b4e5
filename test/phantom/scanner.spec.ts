import { STUDY_GRID } from '../../demo/phantom/grid';
import { scan, toStored } from '../../demo/phantom/scanner';

const grid = { ...STUDY_GRID, size: 128 };

function flat(hu: number): Float32Array {
  return new Float32Array(grid.size ** 2).fill(hu);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('the scanner', () => {
  const image = flat(50);
  scan(image, grid, 1, 0);

  it('adds noise of a chest CT and keeps the mean', () => {
    const values = [...image];
    expect(deviation(values)).toBeGreaterThan(12);
    expect(deviation(values)).toBeLessThan(40);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(50, -0.5);
  });

  it('makes noise that hangs together over neighbouring pixels but not over a centimetre', () => {
    const correlation = (lag: number): number => {
      let sum = 0;
      let count = 0;
      for (let i = 0; i + lag * grid.size < image.length; i++, count++) {
        sum += ((image[i] ?? 0) - 50) * ((image[i + lag * grid.size] ?? 0) - 50);
      }
      return sum / count / deviation([...image]) ** 2;
    };
    expect(correlation(1)).toBeGreaterThan(0.25);
    expect(Math.abs(correlation(14))).toBeLessThan(0.1);
  });

  it('blurs an edge over a pixel or two', () => {
    const edge = flat(-1000).map((value, i) => (i % grid.size < 64 ? value : 2000));
    scan(edge, grid, 1, 0);
    const row = edge.subarray(64 * 128, 65 * 128);
    const between = [...row].filter(value => value > -700 && value < 1700);
    expect(between.length).toBeGreaterThanOrEqual(2);
    expect(between.length).toBeLessThanOrEqual(5);
  });

  it('repeats for a slice and differs between slices', () => {
    const [again, other] = [flat(50), flat(50)];
    scan(again, grid, 1, 0);
    scan(other, grid, 1, 1);
    expect(again).toEqual(image);
    expect(other).not.toEqual(image);
  });

  it('stores HU + 1024 and keeps within twelve bits', () => {
    expect([...toStored(new Float32Array([-3000, -1024, -0.4, 40, 9000]))]).toEqual([0, 0, 1024, 1064, 4095]);
  });
});
