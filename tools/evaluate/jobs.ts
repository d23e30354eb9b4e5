import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EvaluateOptions } from './arguments';
import type { FromJob, ToJob } from './job';
import type { TaskRunner, TaskResult } from './tasks';

const script = fileURLToPath(new URL('./job.ts', import.meta.url));

/** Runs the tasks in several processes. Their number changes nothing but the time, whichever process is faster. */
export const runJobs: TaskRunner = async (options, indices, onDone) => {
  const results = new Map<number, TaskResult>();
  const waiting = [...indices];
  const children: ChildProcess[] = [];
  try {
    await Promise.all(
      Array.from({ length: Math.min(options.jobs, indices.length) }, () => {
        // Nothing but the result may reach standard output.
        const child = fork(script, { stdio: ['ignore', 2, 2, 'ipc'], serialization: 'advanced' });
        children.push(child);
        return serve(child, options, waiting, (index, task) => {
          results.set(index, task);
          onDone();
        });
      }),
    );
  } finally {
    for (const child of children) child.kill();
  }
  return indices.flatMap(index => results.get(index) ?? []);
};

/** Gives one process task after task until none is left. */
function serve(
  child: ChildProcess,
  options: EvaluateOptions,
  waiting: number[],
  onTask: (index: number, task: TaskResult) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const tell = (message: ToJob): void => {
      child.send(message);
    };
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      reject(new Error(`A process of the evaluation ended: ${code ?? signal}.`)),
    );
    child.on('message', (message: FromJob) => {
      if (message.kind === 'failed') return reject(new Error(message.message));
      if (message.kind === 'done') onTask(message.index, message.task);
      const index = waiting.shift();
      if (index === undefined) resolve();
      else tell({ kind: 'task', index });
    });
    tell({ kind: 'begin', options });
  });
}
