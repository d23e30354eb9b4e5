/** One process of an evaluation: it opens data and bundle itself, so that only numbers travel. */
import type { EvaluateOptions } from './arguments';
import { openTasks, type RunTask, type TaskResult } from './tasks';

/** What a job is told: first what to evaluate, then one task after another. */
export type ToJob =
  | { readonly kind: 'begin'; readonly options: EvaluateOptions }
  | { readonly kind: 'task'; readonly index: number };

/** What a job answers; `ready` asks for the first task. */
export type FromJob =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly index: number; readonly task: TaskResult }
  | { readonly kind: 'failed'; readonly message: string };

/** What the process does with a task; null until it has begun. */
let runTask: RunTask | null = null;

async function receive(message: ToJob): Promise<FromJob> {
  try {
    if (message.kind === 'begin') {
      runTask = await openTasks(message.options);
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
