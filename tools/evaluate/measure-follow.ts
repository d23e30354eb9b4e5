import { UsageError } from '../usage-error';
import type { EvaluateOptions } from './arguments';
import { fewestPixels, someOf } from './cases';
import type { Dataset } from './dataset';
import { followScore } from './follow-score';
import { followTable } from './follow-table';
import { neighbourPairsOf } from './neighbour-pairs';
import type { Measured } from './report';
import { runTasks } from './run-tasks';
import type { TaskRunner } from './tasks';

/** What following a structure to the neighbouring image is worth. */
export async function measureFollow(
  options: EvaluateOptions,
  dataset: Dataset,
  run: TaskRunner,
): Promise<Measured> {
  const { data, seed, limit } = options;
  const pairs = someOf(neighbourPairsOf(dataset, seed), limit, seed);
  if (pairs.length === 0) throw new UsageError(`${data} ${lackOf(dataset)}`);
  const results = await runTasks(options, 'pair', pairs, run);
  const follow = followScore(
    results,
    pairs.map(({ patient }) => patient),
    seed,
  );
  console.error(followTable(follow));
  return { cases: follow.pairs, methods: {}, follow };
}

/** What is missing from a data set without pairs, and the remedy. */
function lackOf({ images }: Dataset): string {
  const lack = images.every(({ sliceNumber }) => sliceNumber === null)
    ? "has no array 'slice', which tells which images lie next to each other"
    : `has no two images next to each other on which one reader drew ${fewestPixels} pixels`;
  return `${lack}: give a file with the arrays slice [n] (numbers, or text such as slice-12.png) and patient [n], and with nodule [n] where a patient has several nodules.`;
}
