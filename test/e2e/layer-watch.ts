import type { Page } from 'playwright-core';
import type {} from './host-window';
import { patience } from './viewer-page';
import { overlayPrefix } from './viewer-pixels';

declare global {
  interface Window {
    layerWatch: {
      /** Names of the plugin's layers that were there in some frame. */
      readonly seen: Set<string>;
      /** How many layers each callback of the page made that made any. */
      readonly made: number[];
      readonly actors: WeakMap<object, number>;
      settling: { readonly count: number; readonly since: number };
    };
  }
}

/** Looks on as the plugin makes the layers in which it draws its proposals. */
export class LayerWatch {
  private constructor(private readonly page: Page) {}

  /** To be called before the page is opened. */
  static async begin(page: Page): Promise<LayerWatch> {
    await page.addInitScript(prefix => {
      window.layerWatch = {
        seen: new Set(),
        made: [],
        actors: new WeakMap(),
        settling: { count: 0, since: 0 },
      };
      const { seen, made } = window.layerWatch;
      // Methods, because the compiler of these tests wraps functions with names into a call that the page does not know.
      const watcher = {
        known: 0,
        isSameCallback: false,
        isListening: false,
        layers(): string[] {
          const all = window.cornerstoneTools?.segmentation.state.getSegmentations() ?? [];
          return all.map(each => each.segmentationId).filter(id => id.startsWith(prefix));
        },
        eachFrame() {
          const layers = watcher.layers();
          for (const layer of layers) seen.add(layer.slice(prefix.length));
          if (!watcher.isListening && window.cornerstone?.eventTarget !== undefined) {
            watcher.isListening = true;
            const { SEGMENTATION_MODIFIED, SEGMENTATION_REMOVED } = window.cornerstoneTools.Enums.Events;
            const { eventTarget } = window.cornerstone;
            eventTarget.addEventListener(SEGMENTATION_MODIFIED, () => watcher.changed());
            // At once, not with the next frame: on a busy machine the next layer may come before that.
            eventTarget.addEventListener(SEGMENTATION_REMOVED, () => {
              watcher.known = Math.min(watcher.known, watcher.layers().length);
            });
          }
          requestAnimationFrame(() => watcher.eachFrame());
        },
        changed() {
          const count = watcher.layers().length;
          const more = count - watcher.known;
          watcher.known = count;
          if (more <= 0) return;
          if (watcher.isSameCallback) made.push((made.pop() ?? 0) + more);
          else made.push(more);
          watcher.isSameCallback = true;
          // A timer would come too late: the next task may be one that waits already.
          queueMicrotask(() => (watcher.isSameCallback = false));
        },
      };
      watcher.eachFrame();
    }, overlayPrefix);
    return new LayerWatch(page);
  }

  async waitUntilSeen(layer: string): Promise<void> {
    await this.page.waitForFunction(name => window.layerWatch.seen.has(name), layer, { timeout: patience });
  }

  /** Until so many layers are there. */
  async waitForCount(count: number): Promise<void> {
    await this.page.waitForFunction(
      ([prefix, wanted]) =>
        window.cornerstoneTools.segmentation.state
          .getSegmentations()
          .filter(({ segmentationId }) => segmentationId.startsWith(prefix)).length === wanted,
      [overlayPrefix, count] as const,
      { timeout: patience },
    );
  }

  /** How many layers there are once no more come: how many a round needs depends on its candidates. */
  async settledCount(): Promise<number> {
    const found = await this.page.waitForFunction(
      prefix => {
        const count = window.cornerstoneTools.segmentation.state
          .getSegmentations()
          .filter(({ segmentationId }) => segmentationId.startsWith(prefix)).length;
        const watch = window.layerWatch;
        if (count !== watch.settling.count) watch.settling = { count, since: performance.now() };
        return count > 0 && performance.now() - watch.settling.since > 600 ? count : null;
      },
      overlayPrefix,
      { timeout: patience },
    );
    return (await found.jsonValue()) ?? 0;
  }

  /** Of every callback that made layers since the last call: how many. */
  async madeByCallback(): Promise<number[]> {
    return this.page.evaluate(() => window.layerWatch.made.splice(0));
  }

  /**
   * The actors of so many layers in the first viewport, once the renderer has made them, each by a number of its own: another number is
   * another actor.
   */
  async actors(count: number): Promise<number[]> {
    const found = await this.page.waitForFunction(
      ([prefix, wanted]) => {
        const viewport = window.cornerstone.getRenderingEngines()[0]?.getViewports()[0];
        const ours = (viewport?.getActors() ?? []).filter(entry => entry.referencedId?.startsWith(prefix));
        if (ours.length !== wanted) return null;
        return ours.map(({ actor }) => {
          const number = window.layerWatch.actors.get(actor) ?? Math.random();
          window.layerWatch.actors.set(actor, number);
          return number;
        });
      },
      [overlayPrefix, count] as const,
      { timeout: patience },
    );
    return (await found.jsonValue()) ?? [];
  }
}
