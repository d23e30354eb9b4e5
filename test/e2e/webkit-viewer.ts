import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startServer, type RunningServer } from '../../tools/serve/server';
import { launchWebKit, type WebKit } from './browsers/webkit';
import { positionOnPage, showImage, showsImage } from './in-page';
import { patience, type PanelState } from './viewer-page';
import { ViewerPixels } from './viewer-pixels';

const root = path.resolve(import.meta.dirname, '../..');

declare global {
  interface Window {
    /** Messages of errors that nothing caught. */
    uncaught: string[];
  }
}

/** The released viewer with the plugin in a browser of the WebKit engine, and the words in which a test speaks to it. */
export class WebKitViewer {
  readonly pixels: ViewerPixels;

  private constructor(
    readonly webKit: WebKit,
    private readonly server: RunningServer,
    private readonly artifacts: string,
    private readonly home: string,
  ) {
    this.pixels = new ViewerPixels(webKit.session);
  }

  static async open(name: string, data: string): Promise<WebKitViewer> {
    const artifacts = path.join(root, 'test/e2e/artifacts', name);
    const home = path.join(root, '.cache/webkit-home');
    mkdirSync(artifacts, { recursive: true });
    // What an earlier run downloaded would be taken for the new one.
    rmSync(home, { recursive: true, force: true });
    const server = await startServer({
      viewer: path.join(root, '.cache/viewer/3.13.2/dist'),
      plugin: path.join(root, 'dist'),
      bundles: [path.join(root, 'models/default')],
      data,
      store: path.join(root, '.cache/test-store', name),
      port: 0,
    });
    try {
      return new WebKitViewer(await launchWebKit(home), server, artifacts, home);
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.webKit.close();
    await this.server.close();
  }

  /** Opens the first study in the SPA mode and waits until the model is loaded. */
  async openStudy(): Promise<void> {
    const { session } = this.webKit;
    const [study] = this.server.scan.index.studies.keys();
    await session.setWindow(1440, 940);
    await session.goTo(`${this.server.url}spa?StudyInstanceUIDs=${study ?? ''}`);
    await session.evaluate(() => {
      window.uncaught = [];
      addEventListener('error', ({ message }) => window.uncaught.push(message));
      addEventListener('unhandledrejection', ({ reason }) => window.uncaught.push(String(reason)));
    });
    await this.waitForState('idle');
    await waitUntil('the image', () => session.evaluate(showsImage));
  }

  uncaught(): Promise<string[]> {
    return this.webKit.session.evaluate(() => window.uncaught);
  }

  async waitForState(state: PanelState): Promise<void> {
    await this.waitFor(`[data-cy="spa-status"][data-state="${state}"]`);
  }

  /** The proposal of the given round is on show and nothing is under way. */
  async waitForRound(round: number): Promise<void> {
    await this.waitFor(`[data-round="${round}"] [data-cy="spa-status"][data-state="proposing"]`);
  }

  showSlice(index: number): Promise<void> {
    return this.webKit.session.evaluate(showImage, index);
  }

  async clickSlice(x: number, y: number): Promise<void> {
    await this.webKit.session.click(await this.webKit.session.evaluate(positionOnPage, [x, y] as const));
  }

  press(...keys: readonly string[]): Promise<void> {
    return this.webKit.session.press(...keys);
  }

  async click(name: string): Promise<void> {
    const at = await this.webKit.session.evaluate(selector => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return box === undefined ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }, `[data-cy="${name}"]`);
    if (at === null) throw new Error(`There is no ${name} to click on.`);
    await this.webKit.session.click(at);
  }

  attribute(name: string, attribute: string): Promise<string | null> {
    return this.webKit.session.evaluate(
      ([selector, wanted]) => document.querySelector(selector)?.getAttribute(wanted) ?? null,
      [`[data-cy="${name}"]`, attribute] as const,
    );
  }

  /** Saves what the export button hands to the browser; returns the file. */
  async exportSegmentation(): Promise<string> {
    await this.click('spa-export-seg');
    // The browser gives it this name once it is complete.
    const file = path.join(this.home, 'SPA segmentation.dcm');
    await waitUntil('the file', () => Promise.resolve(existsSync(file)));
    return file;
  }

  /** A picture of the whole page once the pictures on the panel's cards are drawn: the browser gives the frame that it drew last. */
  async screenshot(title: string): Promise<void> {
    await waitUntil('picture on every card', () => this.webKit.session.evaluate(hasDrawnCards));
    writeFileSync(path.join(this.artifacts, `${title}.png`), await this.webKit.session.screenshot());
  }

  private async waitFor(selector: string): Promise<void> {
    await waitUntil(selector, () =>
      this.webKit.session.evaluate(wanted => document.querySelector(wanted) !== null, selector),
    );
  }
}

async function hasDrawnCards(): Promise<boolean> {
  const pictures = [...document.querySelectorAll<HTMLCanvasElement>('canvas.spa-thumbnail')];
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return pictures.every(({ width }) => width > 0);
}

async function waitUntil(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`There was no ${what} within ${patience} ms.`);
    await pause(50);
  }
}
