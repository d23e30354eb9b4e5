import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildPages } from '../../tools/bench/build';
import { serveBench, type BenchServer } from '../../tools/bench/server';
import { launchChromium } from '../../tools/chromium';
import { differences, tolerances } from '../published/agreement';
import type { PlainSlice } from '../published/page';
import { publishedBundle, recordedRounds } from '../published/published-bundle';
import { readRecording } from '../published/recorded-rounds';

const published = publishedBundle();
const skip = 'absent' in published ? published.absent : false;

describe('rounds of the published program, in a browser', { concurrency: false, skip }, () => {
  let server: BenchServer;
  let browser: Browser;
  let page: Page;

  before(async () => {
    if ('absent' in published) return;
    const build = await buildPages('published-page', { page: './test/published/page.ts' });
    server = await serveBench(build, published.folder);
    browser = await launchChromium(['--enable-unsafe-webgpu']);
    page = await browser.newPage();
    page.on('pageerror', error => console.error(`browser: ${error.message}`));
    await page.goto(server.url);
    await page.waitForFunction(() => 'published' in window);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  for (const backend of ['wasm', 'webgpu'] as const) {
    test(`come out the same on ${backend}`, async context => {
      if (backend === 'webgpu' && !(await page.evaluate(() => window.published.hasGraphicsCard()))) {
        return context.skip('this browser offers no graphics card');
      }
      const { slice, rounds } = readRecording(recordedRounds);
      const plain: PlainSlice = { ...slice, values: Array.from(slice.values) };
      const replayed = await page.evaluate(
        ([name, image, inputs]) => window.published.replay(name, image, inputs),
        [backend, plain, rounds.map(({ input }) => input)] as const,
      );
      assert.equal(replayed.length, rounds.length);
      rounds.forEach(({ output }, round) => {
        const found = replayed[round];
        assert.ok(found !== undefined);
        const difference = differences(found, output);
        for (const { of, most } of tolerances) {
          assert.ok(difference[of] <= most, `round ${round}: ${of} differs by ${difference[of]}`);
        }
      });
    });
  }
});
