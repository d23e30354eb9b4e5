import { bundleBytes } from '../../extension/src/inference/bundle/load-bundle';
import { loadBundleFolder } from '../load-bundle-folder';
import { runTool } from '../run-tool';
import { parseEvaluateArguments, usage, type EvaluateOptions } from './arguments';
import type { Dataset } from './dataset';
import { measureCalibration } from './measure-calibration';
import { measureCases } from './measure-cases';
import { measureFollow } from './measure-follow';
import { measureProfile } from './measure-profile';
import { readDataset } from './read-dataset';
import type { Measured, Report } from './report';

await runTool(async () => {
  const options = parseEvaluateArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return;
  }
  const report = await evaluate(options);
  if (options.json) console.log(JSON.stringify(report));
});

async function evaluate(options: EvaluateOptions): Promise<Report> {
  const { manifest } = await loadBundleFolder(options.bundle);
  const dataset = await readDataset(options.data, options.measurement.kind === 'follow');
  const { seed, target } = options;
  console.error(`${manifest.name} ${manifest.version}, seed ${seed}, target ${target}`);
  return {
    seed,
    target,
    bundle: { name: manifest.name, version: manifest.version, bytes: bundleBytes(manifest) },
    ...(await measure(options, dataset)),
  };
}

function measure(options: EvaluateOptions, dataset: Dataset): Promise<Measured> {
  const { measurement } = options;
  switch (measurement.kind) {
    case 'cases':
      return measureCases(options, dataset);
    case 'profile':
      return measureProfile(options, dataset, measurement.after);
    case 'follow':
      return measureFollow(options, dataset);
    case 'calibration':
      return measureCalibration(options, dataset);
  }
}
