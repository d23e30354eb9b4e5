import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../usage-error';
import type { Measurement, Repetitions } from './measurement';
import type { Answer, NodeJob } from './node-job';

/** Measures onnxruntime-node in a process of its own. */
export function measureInNode(folder: string, repetitions: Repetitions): Promise<Measurement> {
  const script = fileURLToPath(new URL('./node-job.ts', import.meta.url));
  const child = fork(script, { stdio: ['ignore', 2, 2, 'ipc'] });
  return new Promise<Measurement>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', code => reject(new Error(`The measurement in Node ended with status ${code}.`)));
    child.on('message', (answer: Answer) => {
      if ('measured' in answer) resolve(answer.measured);
      else reject(answer.mendable ? new UsageError(answer.failed) : new Error(answer.failed));
    });
    child.send({ folder, repetitions } satisfies NodeJob);
  }).finally(() => child.kill());
}
