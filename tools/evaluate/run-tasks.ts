import type { EvaluateOptions } from './arguments';
import { Progress } from './progress';
import type { ResultOf, TaskKind, TaskResult, TaskRunner } from './tasks';

/** Runs tasks of one kind, in their order, and tells on standard error how far that is. */
export async function runTasks<Kind extends TaskKind>(
  options: EvaluateOptions,
  kind: Kind,
  tasks: readonly { readonly index: number }[],
  run: TaskRunner,
): Promise<readonly ResultOf[Kind][]> {
  const what = `${kind}s`;
  console.error(`${tasks.length} ${what}`);
  const progress = new Progress(tasks.length, what);
  const results = await run(
    options,
    tasks.map(each => each.index),
    () => progress.step(),
  );
  const isOfKind = (task: TaskResult): task is TaskResult & { readonly result: ResultOf[Kind] } =>
    task.kind === kind;
  return results.filter(isOfKind).map(({ result }) => result);
}
