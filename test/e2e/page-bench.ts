/**
 * `npm run bench:page`: for how long the released viewer's page is held up by what the plugin does, beside what the viewer does by itself.
 * Software graphics, so that every machine can run it; a graphics card is faster. The figures depend on what else the machine does: look
 * at the line "nothing" first.
 */
import path from 'node:path';
import { cacheFolder, ensureBuild, ensureViewer } from '../../tools/dependencies.mjs';
import { runTool } from '../../tools/run-tool';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { benchOptions, median } from './bench-sessions';
import { demoNodule } from './demo-nodule';
import { LongTasks } from './long-tasks';
import { ViewerPage } from './viewer-page';

const root = path.resolve(import.meta.dirname, '../..');
/** What an action sets off comes within this time, ms. */
const SETTLING = 1200;

const usage = `npm run bench:page [-- --sessions N] [--json]

Opens the demo study in the released viewer N times (default: 3) and prints for each action the longest task of the page and the
time by which its tasks went beyond 50 ms, both in ms: the median of the sessions.`;

interface Blocking {
  readonly longestMs: number;
  readonly beyond50Ms: number;
}

await runTool(async () => {
  const options = benchOptions();
  if (options === null) return console.log(usage);
  const { sessions } = options;
  await ensureBuild({ log: console.error });
  await ensureViewer('3.13.2', { log: console.error });
  const data = await ensureDemoStudy(root, cacheFolder, console.error);

  const measured = new Map<string, Blocking[]>();
  for (let session = 1; session <= sessions; session++) {
    console.error(`session ${session} of ${sessions}`);
    await measure(data, (action, tasks) => {
      const blocking = {
        longestMs: Math.max(0, ...tasks),
        beyond50Ms: tasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0),
      };
      measured.set(action, [...(measured.get(action) ?? []), blocking]);
    });
  }
  const report = Object.fromEntries(
    [...measured].map(([action, all]) => [
      action,
      {
        longestMs: median(all.map(each => each.longestMs)),
        beyond50Ms: median(all.map(each => each.beyond50Ms)),
      },
    ]),
  );
  if (options.json) return console.log(JSON.stringify({ sessions, actions: report }));
  for (const [action, { longestMs, beyond50Ms }] of Object.entries(report)) {
    console.log(`${action.padEnd(42)} longest ${longestMs} ms, beyond 50 ms ${beyond50Ms} ms`);
  }
});

/** One session in a fresh browser; tells of every action the tasks of more than 50 ms. */
async function measure(
  data: string,
  tell: (action: string, tasks: readonly number[]) => void,
): Promise<void> {
  const viewer = await ViewerPage.open('page-bench', data);
  try {
    const long = await LongTasks.watch(viewer.page);
    const timed = async (action: string, act: () => Promise<unknown>): Promise<void> => {
      await long.take();
      await act();
      await viewer.page.waitForTimeout(SETTLING);
      tell(action, await long.take());
    };
    const [study] = viewer.studies;
    if (study === undefined) throw new Error('The demo study is empty.');
    await viewer.page.goto(viewer.url);
    await timed('viewer: opens the study', () => viewer.openStudy(study));
    await timed('nothing', () => viewer.page.waitForTimeout(SETTLING));

    const [first, second] = [demoNodule('part-solid'), demoNodule('spiculated')];
    await timed('viewer: shows another image', () => viewer.showSlice(first.slice));
    await timed('first click, first round', async () => {
      await viewer.clickSlice(first.column, first.row);
      await viewer.waitForRound(1);
    });
    // Later rounds may have no cards.
    await timed('pointing at a card', () => viewer.by('spa-candidate-1').hover());
    for (let round = 2; round <= 4; round++) {
      await timed(`later click, round ${round}`, async () => {
        await viewer.clickSlice(first.column + round, first.row);
        await viewer.waitForRound(round);
      });
    }
    const accept = async (): Promise<void> => {
      await viewer.page.keyboard.press('Enter');
      await viewer.waitForState('idle');
    };
    await timed('Accept into a new segmentation', accept);
    await timed('viewer: shows another image again', () => viewer.showSlice(second.slice));
    await timed('first click on another image', async () => {
      await viewer.clickSlice(second.column, second.row);
      await viewer.waitForRound(1);
    });
    await timed('Accept into the same segmentation', accept);
    await timed('viewer: adds an empty segmentation', () => viewer.addHostSegmentation());
  } finally {
    await viewer.close();
  }
}
