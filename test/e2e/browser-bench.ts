/**
 * `npm run bench:browsers`: how long a user waits for a proposal in Firefox and in Chromium, in the released viewer. Both run by turns, so that
 * what else the machine does falls on both. Software graphics, and the model on the processor.
 */
import path from 'node:path';
import { STUDY_GRID } from '../../demo/phantom/grid';
import { noduleOnImage, nodules } from '../../demo/phantom/nodules';
import { cacheFolder, ensureBuild, ensureViewer } from '../../tools/dependencies.mjs';
import { runTool } from '../../tools/run-tool';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { benchOptions, median } from './bench-sessions';
import { RoundClock } from './round-clock';
import { chromium, firefox, type TestBrowser } from './browsers/test-browser';
import { ViewerPage } from './viewer-page';

const root = path.resolve(import.meta.dirname, '../..');

const usage = `npm run bench:browsers [-- --sessions N] [--json]

Opens the demo study in the released viewer N times (default: 3) in each browser, clicks on a nodule on every image that has one, and
twice more beside it. Prints the time from the click to the first proposal, and to that of a later round: medians, in ms.`;

interface Waits {
  readonly first: number[];
  readonly later: number[];
}

await runTool(async () => {
  const options = benchOptions();
  if (options === null) return console.log(usage);
  const { sessions } = options;
  await ensureBuild({ log: console.error });
  await ensureViewer('3.13.2', { log: console.error });
  const data = await ensureDemoStudy(root, cacheFolder, console.error);

  const waits: Record<'firefox' | 'chromium', Waits> = {
    firefox: { first: [], later: [] },
    chromium: { first: [], later: [] },
  };
  for (let session = 1; session <= sessions; session++) {
    for (const [name, browser] of [['firefox', firefox] as const, ['chromium', chromium] as const]) {
      console.error(`session ${session} of ${sessions}: ${name}`);
      await measure(data, browser, waits[name]);
    }
  }
  const report = { firefox: medians(waits.firefox), chromium: medians(waits.chromium) };
  if (options.json) return console.log(JSON.stringify({ sessions, ...report }));
  for (const [name, { firstMs, laterMs }] of Object.entries(report)) {
    console.log(`${name.padEnd(10)} first proposal ${firstMs} ms, later round ${laterMs} ms`);
  }
  const ratio = (of: 'firstMs' | 'laterMs'): string => (report.firefox[of] / report.chromium[of]).toFixed(2);
  console.log(`Firefox to Chromium: first proposal ${ratio('firstMs')}, later round ${ratio('laterMs')}`);
});

/** One session in a fresh browser. */
async function measure(data: string, browser: TestBrowser, waits: Waits): Promise<void> {
  const viewer = await ViewerPage.open('browser-bench', data, { browser });
  try {
    const [study] = viewer.studies;
    if (study === undefined) throw new Error('The demo study is empty.');
    await viewer.openStudy(study);
    const clock = await RoundClock.watch(viewer.page);
    const places = nodules.map(nodule => noduleOnImage(nodule, STUDY_GRID));
    // One on each image: the model has not read it yet.
    for (const [image, { column, row }] of new Map(places.map(place => [Math.round(place.slice), place]))) {
      await viewer.showSlice(image);
      await viewer.waitForCurrentImage();
      for (let round = 1; round <= 3; round++) {
        await viewer.clickSlice(Math.round(column) + round - 1, Math.round(row));
        await viewer.waitForRound(round);
        waits[round === 1 ? 'first' : 'later'].push(await clock.read());
      }
      await viewer.page.keyboard.press('Escape');
      await viewer.waitForState('idle');
    }
  } finally {
    await viewer.close();
  }
}

function medians({ first, later }: Waits): { readonly firstMs: number; readonly laterMs: number } {
  return { firstMs: Math.round(median(first)), laterMs: Math.round(median(later)) };
}
