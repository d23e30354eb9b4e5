import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../chromium';
import { settledRounds } from './arguments';
import { buildBench } from './build';
import type { Measurement, Repetitions } from './measurement';
import type {} from './page';
import { serveBench } from './server';

/** No software GL: a graphics card must be seen. */
const browserArguments = [
  '--enable-unsafe-webgpu',
  // Otherwise measuring the memory waits for the next garbage collection, for up to a minute.
  '--enable-blink-features=ForceEagerMeasureMemory',
];

interface BrowserResult {
  readonly measured: ReadonlyMap<string, Measurement>;
  /** Bytes of page and worker after few and after many rounds, where it was asked for. */
  readonly memory: { readonly settled: number; readonly end: number } | null;
}

/** Measures every backend that works in the Chromium whose program `executablePath` is. */
export async function measureInBrowser(
  executablePath: string,
  bundle: string,
  repetitions: Repetitions,
  rounds: number | null,
): Promise<BrowserResult> {
  const server = await serveBench(await buildBench(), bundle);
  let browser: Browser | null = null;
  try {
    browser = await launchChromium(browserArguments, executablePath);
    const measured = new Map<string, Measurement>();
    const graphicsCard = await onPage(browser, server.url, page =>
      page.evaluate(() => window.bench.hasGraphicsCard()),
    );
    if (!graphicsCard) console.error('webgpu: this browser has no graphics card; left out.');
    for (const backend of ['wasm-1', 'wasm-2', ...(graphicsCard ? ['webgpu'] : [])]) {
      console.error(`${backend}: measuring`);
      const result = await onPage(browser, server.url, page =>
        page.evaluate(([name, times]) => window.bench.measure(name, times), [backend, repetitions] as const),
      );
      console.error(
        `${backend}: longest task of the page during later rounds ${result.longestTaskMs.toFixed(0)} ms`,
      );
      measured.set(backend, result);
    }
    return { measured, memory: rounds === null ? null : await memoryAfter(browser, server.url, rounds) };
  } finally {
    await browser?.close();
    await server.close();
  }
}

async function memoryAfter(
  browser: Browser,
  url: string,
  rounds: number,
): Promise<{ settled: number; end: number }> {
  console.error(`memory: ${rounds} rounds on wasm-1`);
  const marks = [settledRounds, rounds];
  const [settled = 0, end = 0] = await onPage(browser, url, page =>
    page.evaluate(each => window.bench.memory('wasm-1', each), marks),
  );
  return { settled, end };
}

/** A page of its own for each measurement: what one has left behind does not count for the next. */
async function onPage<T>(browser: Browser, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage();
  try {
    page.on('console', message => console.error(`browser: ${message.text()}`));
    page.on('pageerror', error => console.error(`browser: ${error.message}`));
    await page.goto(url);
    await page.waitForFunction(() => 'bench' in window);
    return await work(page);
  } finally {
    await page.close();
  }
}
