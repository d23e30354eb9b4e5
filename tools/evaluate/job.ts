import { openNetwork } from '../../extension/src/inference/open-network';
import { loadBundleFolder } from '../load-bundle-folder';
import { nodeRuntime } from '../node-runtime';
import type { EvaluateOptions } from './arguments';
import { runCase, type Course, type MethodName } from './case-run';
import { casesOf } from './cases';
import { readDataset } from './read-dataset';

/** What a job is told: first what to evaluate, then one case after another. */
export type ToJob =
  | { readonly kind: 'begin'; readonly options: EvaluateOptions }
  | { readonly kind: 'case'; readonly index: number };

/** What a job answers; `ready` asks for the first case. */
export type FromJob =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly index: number; readonly courses: CaseCourses }
  | { readonly kind: 'failed'; readonly message: string };

export type CaseCourses = readonly (readonly [MethodName, Course])[];

/** One process of an evaluation: it opens data and bundle itself, so that only numbers travel. */
let work: ((index: number) => Promise<CaseCourses>) | null = null;

async function begin(options: EvaluateOptions): Promise<void> {
  const cases = casesOf(await readDataset(options.data), options.target, options.seed);
  const network = await openNetwork(nodeRuntime(), await loadBundleFolder(options.bundle));
  work = async index => {
    const { slice, target, seed } = cases[index] ?? missing(index);
    return [...(await runCase(network, slice, target, seed, options.methods, options.first))];
  };
}

function missing(index: number): never {
  throw new Error(`There is no case ${index}.`);
}

async function receive(message: ToJob): Promise<FromJob> {
  try {
    if (message.kind === 'begin') {
      await begin(message.options);
      return { kind: 'ready' };
    }
    if (work === null) throw new Error('A job was given a case before it had begun.');
    return { kind: 'done', index: message.index, courses: await work(message.index) };
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
