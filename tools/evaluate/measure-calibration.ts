import { UsageError } from '../usage-error';
import type { EvaluateOptions } from './arguments';
import type { CalibrationResult } from './calibration-run';
import { calibrationScore } from './calibration-score';
import { calibrationTable } from './calibration-table';
import { casesOf, fewestPixels, someOf } from './cases';
import type { Dataset } from './dataset';
import type { Measured } from './report';
import { runTasks } from './run-tasks';
import type { TaskRunner } from './tasks';

/** Whether the probabilities of first proposals mean what they say. */
export async function measureCalibration(
  options: EvaluateOptions,
  dataset: Dataset,
  run: TaskRunner,
): Promise<Measured> {
  const { data, seed, limit } = options;
  const cases = someOf(casesOf(dataset, 'reader', seed), limit, seed);
  if (cases.length === 0) {
    throw new UsageError(
      `No structure in ${data} has ${fewestPixels} pixels: give a file whose masks are not empty.`,
    );
  }
  const results = await runTasks(options, 'calibration', cases, run);
  const proposed = results.flatMap((result, i): [CalibrationResult, string][] =>
    result === null ? [] : [[result, cases[i]?.patient ?? '']],
  );
  const calibration = calibrationScore(
    proposed.map(([result]) => result),
    proposed.map(([, patient]) => patient),
    seed,
  );
  console.error(calibrationTable(calibration, proposed.length));
  return { cases: proposed.length, methods: {}, calibration };
}
