import type { Network } from '../../extension/src/core/network/network';
import { openNetwork } from '../../extension/src/inference/open-network';
import { loadBundleFolder } from '../load-bundle-folder';
import { nodeRuntime } from '../node-runtime';
import type { EvaluateOptions } from './arguments';
import { runCalibration, type CalibrationResult } from './calibration-run';
import { runCase, type CaseResult } from './case-run';
import { casesOf } from './cases';
import type { Dataset } from './dataset';
import { runFollow, type FollowResult } from './follow-run';
import { neighbourPairsOf } from './neighbour-pairs';
import { readDataset } from './read-dataset';
import { runSitting, type SittingResult } from './sitting-run';
import { sittingsOf, warmUpCases } from './sittings';
import { workAt } from './work';

/** What comes of a task of each kind. */
export interface ResultOf {
  readonly case: CaseResult;
  readonly sitting: SittingResult;
  readonly pair: FollowResult;
  readonly calibration: CalibrationResult | null;
}

export type TaskKind = keyof ResultOf;

export type TaskResult = {
  readonly [Kind in TaskKind]: { readonly kind: Kind; readonly result: ResultOf[Kind] };
}[TaskKind];

/** A case, with `--profile` a sitting, with `--follow` a pair of images: what comes of it depends on its index alone, not on earlier tasks. */
export type RunTask = (index: number) => Promise<TaskResult>;

/** Runs the tasks of an evaluation that have these indices, and gives the results in their order. `onDone` is called after each task. */
export type TaskRunner = (
  options: EvaluateOptions,
  indices: readonly number[],
  onDone: () => void,
) => Promise<readonly TaskResult[]>;

/** Opens data and bundle for the tasks of an evaluation. */
export async function openTasks(options: EvaluateOptions): Promise<RunTask> {
  const dataset = await readDataset(options.data, options.measurement.kind === 'follow');
  const network = await openNetwork(nodeRuntime(), await loadBundleFolder(options.bundle));
  return taskOf(network, dataset, options);
}

function taskOf(network: Network, dataset: Dataset, options: EvaluateOptions): RunTask {
  const { measurement, target, seed } = options;
  switch (measurement.kind) {
    case 'cases': {
      const cases = casesOf(dataset, target, seed);
      return async index => ({ kind: 'case', result: await runCase(network, at(cases, index), options) });
    }
    case 'calibration': {
      const cases = casesOf(dataset, 'reader', seed);
      return async index => ({
        kind: 'calibration',
        result: await runCalibration(network, at(cases, index)),
      });
    }
    case 'profile': {
      const { after } = measurement;
      const sittings = sittingsOf(dataset, warmUpCases(after), seed);
      return async index => ({
        kind: 'sitting',
        result: await runSitting(network, at(sittings, index), after),
      });
    }
    case 'follow': {
      const pairs = neighbourPairsOf(dataset, seed);
      return async index => {
        const pair = at(pairs, index);
        const [first, second] = [workAt(dataset, pair.first), workAt(dataset, pair.second)];
        return { kind: 'pair', result: await runFollow(network, first, second, pair.seed) };
      };
    }
  }
}

function at<T>(tasks: readonly T[], index: number): T {
  const task = tasks[index];
  if (task === undefined) throw new Error(`There is no task ${index}.`);
  return task;
}
