import { bundleBytes } from '../../extension/src/inference/bundle/load-bundle';
import { loadBundleFolder } from '../load-bundle-folder';
import { runTool } from '../run-tool';
import { UsageError } from '../usage-error';
import { parseEvaluateArguments, usage, type EvaluateOptions } from './arguments';
import type { Course, MethodName } from './case-run';
import { casesOf, someCases } from './cases';
import { runJobs } from './jobs';
import { Progress } from './progress';
import { readDataset } from './read-dataset';
import { score, type Score } from './scores';
import { table } from './table';

interface Report {
  readonly cases: number;
  readonly seed: number;
  readonly target: EvaluateOptions['target'];
  readonly bundle: { readonly name: string; readonly version: string; readonly bytes: number };
  readonly methods: Readonly<Partial<Record<MethodName, Score>>>;
}

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
  const { data, target, seed, limit, methods } = options;
  const cases = someCases(casesOf(await readDataset(data), target, seed), limit, seed);
  if (cases.length === 0) {
    throw new UsageError(`No structure in ${data} has 12 pixels: give a file whose masks are not empty.`);
  }
  console.error(
    `${manifest.name} ${manifest.version}, ${cases.length} cases, seed ${seed}, target ${target}`,
  );
  const progress = new Progress(cases.length);
  const results = await runJobs(
    options,
    cases.map(each => each.index),
    () => progress.step(),
  );
  const courses = new Map<MethodName, readonly Course[]>(
    methods.map(method => [
      method,
      results.flatMap(result => result.filter(([name]) => name === method).map(([, course]) => course)),
    ]),
  );
  console.error(
    table(
      courses,
      cases.map(each => each.patient),
      seed,
    ),
  );
  return {
    cases: cases.length,
    seed,
    target,
    bundle: { name: manifest.name, version: manifest.version, bytes: bundleBytes(manifest) },
    methods: Object.fromEntries(Array.from(courses, ([method, all]) => [method, score(all)])),
  };
}
