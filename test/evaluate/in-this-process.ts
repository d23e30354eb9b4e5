import { expect } from '@jest/globals';
import { deserialize, serialize } from 'node:v8';
import { openTasks, type TaskResult, type TaskRunner } from '../../tools/evaluate/tasks';

/**
 * Runs the tasks without starting a process for them; their results are copied as on the way from one process to another. The first is run
 * once more as the last: it has to give the same, or the report would depend on which process takes which task.
 */
export const inThisProcess: TaskRunner = async (options, indices, onDone) => {
  const runTask = await openTasks(options);
  const run = async (index: number): Promise<TaskResult> =>
    deserialize(serialize(await runTask(index))) as TaskResult;
  const results: TaskResult[] = [];
  for (const index of indices) {
    results.push(await run(index));
    onDone();
  }
  for (const first of indices.slice(0, 1)) expect(await run(first)).toEqual(results[0]);
  return results;
};
