import { UsageError } from '../usage-error';
import type { EvaluateOptions } from './arguments';
import { someOf } from './cases';
import type { Dataset } from './dataset';
import { profileScore } from './profile-score';
import { profileTable } from './profile-table';
import type { Measured } from './report';
import { runTasks } from './run-tasks';
import type { TaskRunner } from './tasks';
import { freshCases, sittingsOf, warmUpCases } from './sittings';

/** What the preference learnt on some cases is worth on others. */
export async function measureProfile(
  options: EvaluateOptions,
  dataset: Dataset,
  after: readonly number[],
  run: TaskRunner,
): Promise<Measured> {
  const { data, seed, limit } = options;
  const warmUp = warmUpCases(after);
  const sittings = someOf(sittingsOf(dataset, warmUp, seed), limit, seed);
  if (sittings.length === 0) {
    throw new UsageError(
      `No reader in ${data} drew ${warmUp + freshCases} structures: give a file with more images a reader, or a smaller --after.`,
    );
  }
  const profile = profileScore(await runTasks(options, 'sitting', sittings, run), seed);
  console.error(profileTable(profile));
  return { cases: profile.cases, methods: {}, profile };
}
