import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../usage-error';
import type { Measurement } from './measurement';

type Answer = { readonly measured: Measurement } | { readonly failed: string };

/** Measures onnxruntime-node in a process of its own. */
export function measureInNode(bundle: string): Promise<Measurement> {
  const script = fileURLToPath(new URL('./node-job.ts', import.meta.url));
  const child = fork(script, { stdio: ['ignore', 2, 2, 'ipc'] });
  return new Promise<Measurement>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', code => reject(new Error(`The measurement in Node ended with status ${code}.`)));
    child.on('message', (answer: Answer) => {
      if ('measured' in answer) resolve(answer.measured);
      else reject(new UsageError(answer.failed));
    });
    child.send(bundle);
  }).finally(() => child.kill());
}
