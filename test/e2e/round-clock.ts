import type { Page } from 'playwright-core';

declare global {
  interface Window {
    spaRoundClock?: { pressedAt: number; shownAt: number };
  }
}

/** Measures by the page's own clock, whichever driver sits outside, how long the panel takes to show a proposal. */
export class RoundClock {
  private constructor(private readonly page: Page) {}

  /** The page must show the panel already. */
  static async watch(page: Page): Promise<RoundClock> {
    await page.evaluate(() => {
      const clock = { pressedAt: NaN, shownAt: NaN };
      window.spaRoundClock = clock;
      window.addEventListener('mousedown', () => (clock.pressedAt = performance.now()), { capture: true });
      const panel = document.querySelector('[data-cy="spa-panel"]');
      if (panel === null) throw new Error('There is no panel.');
      const attributeFilter = ['data-state', 'data-round'];
      new MutationObserver(() => {
        const status = panel.querySelector('[data-cy="spa-status"]')?.getAttribute('data-state');
        if (status === 'proposing') clock.shownAt = performance.now();
      }).observe(panel, { subtree: true, attributes: true, attributeFilter });
    });
    return new RoundClock(page);
  }

  /** From the last press of the mouse to the proposal that is on show, ms. */
  async read(): Promise<number> {
    const clock = await this.page.evaluate(() => window.spaRoundClock);
    if (clock === undefined) throw new Error('The page was left since the clock was set up.');
    return clock.shownAt - clock.pressedAt;
  }
}
