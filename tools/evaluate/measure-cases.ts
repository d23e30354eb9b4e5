import { UsageError } from '../usage-error';
import type { EvaluateOptions } from './arguments';
import { cardScores } from './cards';
import type { MethodName } from './case-run';
import { casesOf, fewestPixels, someOf } from './cases';
import { clickScore } from './clicks-heard';
import type { Course } from './course';
import type { Dataset } from './dataset';
import type { Measured } from './report';
import { runTasks } from './run-tasks';
import type { TaskRunner } from './tasks';
import { diceIntervals, score } from './scores';
import { cardLines, clickLine, table } from './table';

/** Every method on single cases. */
export async function measureCases(
  options: EvaluateOptions,
  dataset: Dataset,
  run: TaskRunner,
): Promise<Measured> {
  const { data, target, seed, limit, methods } = options;
  const cases = someOf(casesOf(dataset, target, seed), limit, seed);
  if (cases.length === 0) {
    throw new UsageError(
      `No structure in ${data} has ${fewestPixels} pixels: give a file whose masks are not empty.`,
    );
  }
  const results = await runTasks(options, 'case', cases, run);
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
