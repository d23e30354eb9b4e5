import { runCalibration, type Reliability } from '../../tools/evaluate/calibration-run';
import { calibrationScore } from '../../tools/evaluate/calibration-score';
import type { Case } from '../../tools/evaluate/cases';
import type { Work } from '../../tools/evaluate/work';
import { fakeNetwork } from '../core/network/fake-network';
import { blobWork } from './blob-work';

/** A blob on which readers agree; `votes` of `drawnBy` readers on each pixel of the target. */
function blobCase(drawnBy: number, votes: number, work: Work = blobWork(30, 0.4)): Case {
  const target = { ...work.target, votes: work.target.votes.map(drawn => votes * drawn) };
  return { ...work, index: 0, patient: 'p', target, drawnBy, agreement: null, seed: 5 };
}

/** Pixels with one probability and one agreement. */
function tenths(pixels: number, probability: number, agreement: number): Reliability {
  return Array.from({ length: 10 }, (_, i) =>
    i === Math.floor(10 * probability)
      ? { pixels, probability: pixels * probability, agreement: pixels * agreement }
      : { pixels: 0, probability: 0, agreement: 0 },
  );
}

describe('the reliability of a first proposal', () => {
  it('counts the readers who drew where it is certain of the structure, and none where it is certain of its absence', async () => {
    const result = await runCalibration(fakeNetwork(), blobCase(4, 3));
    const [first, last] = [result?.all[0], result?.all[9]];
    expect(first?.pixels).toBeGreaterThan(1000);
    expect((first?.agreement ?? 1) / (first?.pixels ?? 1)).toBeLessThan(0.02);
    expect(last?.pixels).toBeGreaterThan(200);
    expect((last?.agreement ?? 0) / (last?.pixels ?? 1)).toBeCloseTo(0.75, 2);
    expect((last?.probability ?? 0) / (last?.pixels ?? 1)).toBeGreaterThan(0.9);
  });

  it('leaves what is certain out of the disputed pixels', async () => {
    const result = await runCalibration(fakeNetwork(), blobCase(1, 1));
    const pixels = (part: Reliability | undefined): number =>
      part?.reduce((sum, tenth) => sum + tenth.pixels, 0) ?? 0;
    expect(pixels(result?.disputed)).toBeGreaterThan(0);
    expect(pixels(result?.disputed)).toBeLessThan(pixels(result?.all) / 2);
  });

  it('does not exist where nothing is proposed', async () => {
    const seen = blobCase(1, 1);
    const values = new Float32Array(seen.slice.values.length);
    const dark = { ...seen, slice: { ...seen.slice, key: 'dark', values } };
    expect(await runCalibration(fakeNetwork(), dark)).toBeNull();
  });

  it('is told on the grid of the image, wherever the field of view lies on it', async () => {
    const aside = blobCase(1, 1, blobWork(20, 0.4, { x: 95, y: 75 }));
    const last = (await runCalibration(fakeNetwork(), aside))?.all[9];
    expect((last?.agreement ?? 0) / (last?.pixels ?? 1)).toBeGreaterThan(0.95);
  });
});

describe('the calibration error', () => {
  const of = (...parts: Reliability[]) =>
    calibrationScore(
      parts.map(all => ({ all, disputed: all })),
      parts.map((_, i) => `p${i}`),
      1,
    );

  it('is the mean gap between probability and agreement, weighted by pixels', () => {
    const { all, bins } = of(tenths(300, 0.25, 0.25), tenths(100, 0.85, 0.45));
    expect(all).toMatchObject({ pixels: 400 });
    expect(all.ece).toBeCloseTo(0.1, 9);
    expect(bins.map(({ pixels }) => pixels)).toEqual([300, 100]);
    expect(bins[1]?.probability).toBeCloseTo(0.85, 9);
    expect(bins[1]?.agreement).toBeCloseTo(0.45, 9);
  });

  it('lets cases that err to either side make up for each other within a tenth, and not between tenths', () => {
    expect(of(tenths(10, 0.55, 0.45), tenths(10, 0.55, 0.65)).all.ece).toBeCloseTo(0, 9);
    expect(of(tenths(10, 0.15, 0.05), tenths(10, 0.85, 0.95)).all.ece).toBeCloseTo(0.1, 9);
  });

  it('has an interval that spans what other patients would have given', () => {
    const { all } = of(tenths(10, 0.55, 0.55), tenths(10, 0.55, 0.35), tenths(10, 0.55, 0.55));
    expect(all.interval.low).toBeLessThan(all.ece - 0.01);
    expect(all.interval.high).toBeGreaterThan(all.ece + 0.01);
  });
});
