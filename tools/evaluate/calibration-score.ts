import type { CalibrationResult, Reliability, Tenth } from './calibration-run';
import { bootstrap, type Interval } from './scores';

/** Whether probabilities mean what they say, over all first proposals. */
export interface CalibrationScore {
  readonly all: CalibrationError;
  readonly disputed: CalibrationError;
  /** Of all pixels, tenth by tenth of the probability; empty tenths are left out. */
  readonly bins: readonly Bin[];
}

export interface CalibrationError {
  readonly pixels: number;
  /**
   * Expected calibration error: the mean distance between probability and agreement over the tenths, weighted by their pixels (Guo et al.
   * 2017); 0 without pixels.
   */
  readonly ece: number;
  /** 95 %, by the bootstrap over patients. */
  readonly interval: Interval;
}

interface Bin {
  readonly pixels: number;
  /** Mean probability. */
  readonly probability: number;
  /** Mean share of the readers who drew there. */
  readonly agreement: number;
}

/** `patients` names the patient of each result. */
export function calibrationScore(
  results: readonly CalibrationResult[],
  patients: readonly string[],
  seed: number,
): CalibrationScore {
  const error = (part: keyof CalibrationResult): CalibrationError => {
    const parts = results.map(result => result[part]);
    return {
      pixels: added(parts).reduce((sum, { pixels }) => sum + pixels, 0),
      ece: expectedCalibrationError(parts),
      interval: bootstrap(parts, patients, seed, added, expectedCalibrationError),
    };
  };
  return {
    all: error('all'),
    disputed: error('disputed'),
    bins: added(results.map(({ all }) => all))
      .filter(({ pixels }) => pixels > 0)
      .map(({ pixels, probability, agreement }) => ({
        pixels,
        probability: probability / pixels,
        agreement: agreement / pixels,
      })),
  };
}

function expectedCalibrationError(parts: readonly Reliability[]): number {
  const sum = added(parts);
  const pixels = sum.reduce((total, tenth) => total + tenth.pixels, 0);
  const gap = sum.reduce((total, tenth) => total + Math.abs(tenth.probability - tenth.agreement), 0);
  return pixels === 0 ? 0 : gap / pixels;
}

function added(parts: readonly Reliability[]): Reliability {
  const zero: Tenth = { pixels: 0, probability: 0, agreement: 0 };
  const count = Math.max(0, ...parts.map(part => part.length));
  return Array.from({ length: count }, (_, i) =>
    parts.reduce<Tenth>((sum, part) => {
      const { pixels, probability, agreement } = part[i] ?? zero;
      return {
        pixels: sum.pixels + pixels,
        probability: sum.probability + probability,
        agreement: sum.agreement + agreement,
      };
    }, zero),
  );
}
