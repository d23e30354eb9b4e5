import { bundleBytes } from '../../extension/src/inference/bundle/load-bundle';
import { loadBundleFolder } from '../load-bundle-folder';
import { runTool } from '../run-tool';
import { UsageError } from '../usage-error';
import { parseEvaluateArguments, usage, type EvaluateOptions } from './arguments';
import { cardScores } from './cards';
import type { MethodName } from './case-run';
import { casesOf, someOf } from './cases';
import { clickScore, type ClickScore } from './clicks-heard';
import type { Course } from './course';
import type { Dataset } from './dataset';
import { runJobs } from './jobs';
import { profileScore, type ProfileScore } from './profile-score';
import { profileTable } from './profile-table';
import { Progress } from './progress';
import { readDataset } from './read-dataset';
import { diceIntervals, score, type Interval, type Score } from './scores';
import { freshCases, sittingsOf, warmUpCases } from './sittings';
import { cardLines, clickLine, table } from './table';

interface Report {
  readonly cases: number;
  readonly seed: number;
  readonly target: EvaluateOptions['target'];
  readonly bundle: { readonly name: string; readonly version: string; readonly bytes: number };
  /** Each with 95 % intervals of `dice`. */
  readonly methods: Readonly<Partial<Record<MethodName, Score & { diceInterval: readonly Interval[] }>>>;
  /** Of single cases. */
  readonly cards?: ReturnType<typeof cardScores>;
  /** With `--contradict`. */
  readonly contradictions?: ClickScore;
  /** With `--profile`; `methods` is empty then, and `cases` counts the new cases. */
  readonly profile?: ProfileScore;
}

type Measured = Pick<Report, 'cases' | 'methods' | 'cards' | 'contradictions' | 'profile'>;

await runTool(async () => {
  const options = parseEvaluateArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return;
  }
  const report = await evaluate(options);
  if (options.json) console.log(JSON.stringify(report));
});

async function evaluate(options: EvaluateOptions): Promise<Report> {
  const { manifest } = await loadBundleFolder(options.bundle);
  const dataset = await readDataset(options.data);
  const { seed, target, profile } = options;
  console.error(`${manifest.name} ${manifest.version}, seed ${seed}, target ${target}`);
  const measured =
    profile === null
      ? await measureCases(options, dataset)
      : await measureProfile(options, dataset, warmUpCases(profile));
  return {
    seed,
    target,
    bundle: { name: manifest.name, version: manifest.version, bytes: bundleBytes(manifest) },
    ...measured,
  };
}

async function measureCases(options: EvaluateOptions, dataset: Dataset): Promise<Measured> {
  const { data, target, seed, limit, methods } = options;
  const cases = someOf(casesOf(dataset, target, seed), limit, seed);
  if (cases.length === 0) {
    throw new UsageError(`No structure in ${data} has 12 pixels: give a file whose masks are not empty.`);
  }
  const tasks = await runAll(options, cases, 'cases');
  const results = tasks.flatMap(task => (task.kind === 'case' ? [task.result] : []));
  const courses = new Map<MethodName, readonly Course[]>(
    methods.map(method => [
      method,
      results.flatMap(result =>
        result.courses.filter(([name]) => name === method).map(([, course]) => course),
      ),
    ]),
  );
  const patients = cases.map(each => each.patient);
  const cards = cardScores(results.map(result => result.cards));
  const contradictions = clickScore(results.flatMap(result => result.contradictions));
  console.error([table(courses, patients, seed), '', ...cardLines(cards)].join('\n'));
  if (options.contradict) console.error(clickLine('contradicting', contradictions));
  return {
    cases: cases.length,
    methods: Object.fromEntries(
      Array.from(courses, ([method, all]) => [
        method,
        { ...score(all), diceInterval: diceIntervals(all, patients, seed) },
      ]),
    ),
    cards,
    ...(options.contradict && { contradictions }),
  };
}

async function measureProfile(options: EvaluateOptions, dataset: Dataset, warmUp: number): Promise<Measured> {
  const { data, seed, limit } = options;
  const sittings = someOf(sittingsOf(dataset, warmUp, seed), limit, seed);
  if (sittings.length === 0) {
    throw new UsageError(
      `No reader in ${data} drew ${warmUp + freshCases} structures: give a file with more images a reader, or a smaller --after.`,
    );
  }
  const tasks = await runAll(options, sittings, 'sittings');
  const results = tasks.flatMap(task => (task.kind === 'sitting' ? [task.result] : []));
  const profile = profileScore(results, seed);
  console.error(profileTable(profile));
  return { cases: profile.cases, methods: {}, profile };
}

function runAll(
  options: EvaluateOptions,
  tasks: readonly { readonly index: number }[],
  what: string,
): ReturnType<typeof runJobs> {
  console.error(`${tasks.length} ${what}`);
  const progress = new Progress(tasks.length, what);
  return runJobs(
    options,
    tasks.map(each => each.index),
    () => progress.step(),
  );
}
