import type { CDPSession, Locator, Page } from 'playwright-core';

interface Position {
  readonly x: number;
  readonly y: number;
}

const STEPS = 8;

/** A touch screen: what its fingers do arrives in the page as from one that is there. */
export class Fingers {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async on(page: Page): Promise<Fingers> {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 });
    return new Fingers(page, session);
  }

  async tap(at: Position): Promise<void> {
    await this.touch('touchStart', [at]);
    await this.touch('touchEnd', []);
  }

  async tapOn(element: Locator): Promise<void> {
    await element.scrollIntoViewIfNeeded();
    const box = await element.boundingBox();
    if (box === null) throw new Error('There is nothing to tap on.');
    await this.tap({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  }

  async drag(from: Position, to: Position): Promise<void> {
    await this.touch('touchStart', [from]);
    await this.onTheWay(part => [between(from, to, part)]);
    await this.touch('touchEnd', []);
  }

  /** Two fingers side by side, one a little after the other, that move apart from `from` to `to` pixels around a place. */
  async pinch(around: Position, from: number, to: number): Promise<void> {
    const fingers = (distance: number): Position[] =>
      [-1, 1].map(side => ({ x: around.x + (side * distance) / 2, y: around.y }));
    await this.touch('touchStart', fingers(from).slice(0, 1));
    await this.page.waitForTimeout(30);
    await this.touch('touchStart', fingers(from));
    await this.onTheWay(part => fingers(from + part * (to - from)));
    await this.touch('touchEnd', []);
  }

  private async onTheWay(fingers: (part: number) => Position[]): Promise<void> {
    for (let step = 1; step <= STEPS; step++) await this.touch('touchMove', fingers(step / STEPS));
  }

  private async touch(type: 'touchStart' | 'touchMove' | 'touchEnd', points: Position[]): Promise<void> {
    const touchPoints = points.map(({ x, y }, id) => ({ x: Math.round(x), y: Math.round(y), id }));
    await this.session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}

function between(from: Position, to: Position, part: number): Position {
  return { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) };
}
