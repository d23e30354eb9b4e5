import { bundleBytes } from '../../extension/src/inference/bundle/load-bundle';
import { loadBundleFolder } from '../load-bundle-folder';
import type { EvaluateOptions } from './arguments';
import type { Dataset } from './dataset';
import { measureCalibration } from './measure-calibration';
import { measureCases } from './measure-cases';
import { measureFollow } from './measure-follow';
import { measureProfile } from './measure-profile';
import { readDataset } from './read-dataset';
import type { Measured, Report } from './report';
import type { TaskRunner } from './tasks';

/**
 * Measures a bundle, and tells on standard error what is measured, how far it is, and what came of it. `run` says where the tasks run:
 * it changes nothing of the report. Throws a `UsageError` for what whoever gave the options can mend.
 */
export async function evaluate(options: EvaluateOptions, run: TaskRunner): Promise<Report> {
  const { manifest } = await loadBundleFolder(options.bundle);
  const dataset = await readDataset(options.data, options.measurement.kind === 'follow');
  const { seed, target } = options;
  console.error(`${manifest.name} ${manifest.version}, seed ${seed}, target ${target}`);
  return {
    seed,
    target,
    bundle: { name: manifest.name, version: manifest.version, bytes: bundleBytes(manifest) },
    ...(await measure(options, dataset, run)),
  };
}

function measure(options: EvaluateOptions, dataset: Dataset, run: TaskRunner): Promise<Measured> {
  const { measurement } = options;
  switch (measurement.kind) {
    case 'cases':
      return measureCases(options, dataset, run);
    case 'profile':
      return measureProfile(options, dataset, measurement.after, run);
    case 'follow':
      return measureFollow(options, dataset, run);
    case 'calibration':
      return measureCalibration(options, dataset, run);
  }
}
