import type { Page } from 'playwright-core';

declare global {
  interface Window {
    longTasks: number[];
  }
}

/** Tasks of the page that held it up for more than 50 ms, as the browser counts them (Long Tasks API). */
export class LongTasks {
  private constructor(private readonly page: Page) {}

  /** To be called before the page is opened. */
  static async watch(page: Page): Promise<LongTasks> {
    await page.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver(list => {
        window.longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)));
      }).observe({ entryTypes: ['longtask'] });
    });
    return new LongTasks(page);
  }

  /** Durations in ms since the last call. */
  async take(): Promise<number[]> {
    return this.page.evaluate(() => window.longTasks.splice(0));
  }
}
