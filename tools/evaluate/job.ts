/** One process of an evaluation: it opens data and bundle itself, so that only numbers travel. */
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

/** What a job is told: first what to evaluate, then one task (a case, with `--profile` a sitting, with `--follow` a pair of images) after another. */
export type ToJob =
  | { readonly kind: 'begin'; readonly options: EvaluateOptions }
  | { readonly kind: 'task'; readonly index: number };

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

/** What a job answers; `ready` asks for the first task. */
export type FromJob =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly index: number; readonly task: TaskResult }
  | { readonly kind: 'failed'; readonly message: string };

/** What the process does with a task; null until it has begun. */
let runTask: RunTask | null = null;

type RunTask = (index: number) => Promise<TaskResult>;

async function begin(options: EvaluateOptions): Promise<void> {
  const dataset = await readDataset(options.data, options.measurement.kind === 'follow');
  const network = await openNetwork(nodeRuntime(), await loadBundleFolder(options.bundle));
  runTask = taskOf(network, dataset, options);
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

async function receive(message: ToJob): Promise<FromJob> {
  try {
    if (message.kind === 'begin') {
      await begin(message.options);
      return { kind: 'ready' };
    }
    if (runTask === null) throw new Error('A job was given a task before it had begun.');
    return { kind: 'done', index: message.index, task: await runTask(message.index) };
  } catch (error) {
    return {
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

process.on('message', (message: ToJob) => {
  void receive(message).then(answer => process.send?.(answer));
});
