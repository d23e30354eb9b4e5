import { parseBenchArguments } from '../../tools/bench/arguments';
import { report, type Measurement } from '../../tools/bench/measurement';
import { quantile } from '../../tools/bench/scenario';
import { syntheticSlice } from '../../tools/bench/synthetic-slice';

const measurement: Measurement = {
  loadsMs: [900, 300, 400],
  first: [
    { firstRoundMs: 500, roundsMs: [999] },
    { firstRoundMs: 300, roundsMs: [999] },
    { firstRoundMs: 310.26, roundsMs: [999] },
  ],
  further: [
    { firstRoundMs: 1, roundsMs: [10, 20, 30, 40] },
    { firstRoundMs: 1, roundsMs: [50, 60, 70, 80, 90, 100] },
  ],
  stages: [
    { encoderMs: 7, publishedRoundMs: 1000 },
    { encoderMs: 8, publishedRoundMs: 900 },
    { encoderMs: 6, publishedRoundMs: 2000 },
  ],
  peakBytes: 100 * 2 ** 20,
};

describe('the report of a backend', () => {
  it('is the median of the fresh starts, and of the later rounds of the sessions that follow', () => {
    expect(report(measurement)).toEqual({
      loadMs: 400,
      encoderMs: 7,
      firstRoundMs: 310.3,
      roundMs: { median: 50, p95: 100 },
      publishedRoundMs: 1000,
      ratio: 20,
      peakMB: 100,
    });
  });

  it('takes quantiles by the nearest rank', () => {
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([3, 1, 2], 0.95)).toBe(3);
    expect(quantile([3, 1, 2], 0)).toBe(1);
  });
});

describe('the arguments of the measurement', () => {
  it('name the default bundle when there are none', () => {
    expect(parseBenchArguments([])).toEqual({
      bundle: 'models/default',
      json: false,
      repetitions: { starts: 3, sessions: 5 },
      rounds: null,
    });
  });

  it('measure once where one look takes long', () => {
    expect(parseBenchArguments(['--quick'])).toMatchObject({ repetitions: { starts: 1, sessions: 1 } });
  });

  it.each(['20', 'many', '3.5'])('refuse %s as the rounds of the memory check', rounds => {
    expect(() => parseBenchArguments(['--rounds', rounds])).toThrow('whole number above 20');
  });

  it('refuse what they do not know', () => {
    expect(() => parseBenchArguments(['--speed'])).toThrow('--help');
  });
});

describe('the synthetic slice', () => {
  it('is the same for the same number and shows a nodule where it says', () => {
    const { slice, nodule } = syntheticSlice(3);
    expect(syntheticSlice(3).slice.values).toEqual(slice.values);
    const at = (x: number, y: number): number => slice.values[y * slice.width + x] ?? 0;
    expect(at(nodule.x, nodule.y)).toBeGreaterThan(-200);
    expect(at(nodule.x + 30, nodule.y)).toBeLessThan(-700);
  });
});
