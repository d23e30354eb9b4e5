import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type {} from './host-window';
import { positionOnPage, showImage, showsImage, showsSeries } from './in-page';
import { chromium, type TestBrowser } from './browsers/test-browser';
import { overlayPrefix, ViewerPixels } from './viewer-pixels';
import { startServer, type RunningServer } from '../../tools/serve/server';

const root = path.resolve(import.meta.dirname, '../..');

/** Long enough for a slow machine that also compiles: a test that waits for a state fails by this, never by a fixed pause. */
export const patience = 90_000;

/** What serves the viewer. */
export interface ViewerServer extends Pick<RunningServer, 'url' | 'scan' | 'close'> {
  /** Origins besides its own from which the page may fetch. */
  readonly otherOrigins?: readonly string[];
}

export type PanelState = 'idle' | 'loading' | 'working' | 'proposing' | 'error';

/** A released viewer with the plugin in a real browser, and the words in which a test speaks to it. */
export class ViewerPage {
  /** Messages of failed requests, uncaught errors and requests to other origins. */
  readonly faults: string[] = [];
  readonly pixels: ViewerPixels;
  private shots = 0;

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly kind: TestBrowser,
    private readonly server: ViewerServer,
    private readonly artifacts: string,
  ) {
    this.pixels = new ViewerPixels(page);
  }

  static async open(
    name: string,
    data: string,
    options: {
      readonly bundle?: string;
      readonly bundles?: readonly string[];
      readonly viewer?: string;
      readonly browser?: TestBrowser;
    } = {},
  ): Promise<ViewerPage> {
    const server = await startServer({
      viewer: path.join(root, '.cache/viewer', options.viewer ?? '3.13.2', 'dist'),
      plugin: path.join(root, 'dist'),
      bundles: options.bundles ?? [options.bundle ?? path.join(root, 'models/default')],
      data,
      store: path.join(root, '.cache/test-store', name),
      port: 0,
    });
    return ViewerPage.on(server, name, options.browser);
  }

  /** The viewer of a server that is running already; `close` ends it as well. */
  static async on(server: ViewerServer, name: string, kind: TestBrowser = chromium): Promise<ViewerPage> {
    const artifacts = path.join(root, 'test/e2e/artifacts', name);
    mkdirSync(artifacts, { recursive: true });
    const browser = await kind.launch(path.join(artifacts, 'downloads'));
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
    page.setDefaultTimeout(patience);
    const viewer = new ViewerPage(page, browser, kind, server, artifacts);
    page.on('pageerror', error => viewer.faults.push(`uncaught: ${error.message}`));
    const origins = [new URL(server.url).origin, ...(server.otherOrigins ?? [])];
    page.on('request', request => {
      const { protocol, origin } = new URL(request.url());
      if (/^https?:$/.test(protocol) && !origins.includes(origin)) {
        viewer.faults.push(`request to another origin: ${request.url()}`);
      }
    });
    return viewer;
  }

  get url(): string {
    return this.server.url;
  }

  /** Study instance UIDs of what is served. */
  get studies(): readonly string[] {
    return [...this.server.scan.index.studies.keys()];
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }

  /**
   * A numbered picture of the whole page, kept where continuous integration can show it: with the pictures on the panel's cards, which
   * appear a frame or two after the numbers.
   */
  async screenshot(title: string): Promise<void> {
    await this.page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLCanvasElement>('canvas.spa-thumbnail')].every(
        ({ width }) => width > 0,
      ),
    );
    this.shots += 1;
    const file = `${String(this.shots).padStart(2, '0')}-${title}.png`;
    await this.page.screenshot({ path: path.join(this.artifacts, file) });
  }

  /** Opens a study in the SPA mode, with `options` of the viewer ('&name=value'), and waits until the model is loaded. */
  async openStudy(studyInstanceUid: string, options = ''): Promise<void> {
    await this.page.goto(`${this.url}spa?StudyInstanceUIDs=${studyInstanceUid}${options}`);
    await this.page.waitForSelector('[data-cy="spa-panel"]');
    await this.waitForImage();
    await this.waitForState('idle');
  }

  /** Opens the demo study as a user does, from the list of studies, and waits until the model is loaded. */
  async openDemoFromWorkList(): Promise<void> {
    await this.page.goto(this.url);
    await this.openDemoFromList();
  }

  /** The same where the list is on show. */
  async openDemoFromList(): Promise<void> {
    await this.page.getByText('SPA demo: CT chest phantom').first().click();
    await this.page.getByText('SPA Segmentation').first().click();
    await this.page.waitForSelector('[data-cy="spa-panel"]');
    await this.waitForImage();
    await this.waitForState('idle');
  }

  /** Opens the segmentation that the list of series holds, as its user does. */
  async openStoredSegmentation(): Promise<void> {
    await this.page.locator('[data-cy="study-browser-thumbnail-no-image"]').dblclick();
    await this.page.getByText('Do you want to open this Segmentation?').waitFor();
    await this.page.getByRole('button', { name: 'Yes' }).click();
    await this.waitForSegmentation();
  }

  /** Brings a series of the study into the first viewport as a user does, by the list of series. */
  async openSeries(description: string): Promise<void> {
    await this.by('study-browser-thumbnail').filter({ hasText: description }).dblclick();
    await this.waitForSeries(description);
  }

  /** The first viewport draws an image of the series with this description. */
  async waitForSeries(description: string): Promise<void> {
    await this.page.waitForFunction(showsSeries, description);
  }

  /** The image of the first viewport is decoded and drawn. */
  async waitForImage(): Promise<void> {
    await this.page.waitForFunction(showsImage);
  }

  async waitForState(state: PanelState): Promise<void> {
    await this.page.waitForSelector(`[data-cy="spa-status"][data-state="${state}"]`, { state: 'attached' });
  }

  /** Position on the page of a slice pixel's centre. */
  async pagePosition(x: number, y: number): Promise<{ x: number; y: number }> {
    return this.page.evaluate(positionOnPage, [x, y] as const);
  }

  /** Clicks the slice in the first viewport at a pixel. */
  async clickSlice(x: number, y: number, modifier?: 'Shift'): Promise<void> {
    const at = await this.pagePosition(x, y);
    if (modifier) await this.page.keyboard.down(modifier);
    await this.page.mouse.click(at.x, at.y);
    if (modifier) await this.page.keyboard.up(modifier);
  }

  /** From one slice pixel to another with the primary button held, in a few steps as a hand does. */
  async dragOnSlice(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const [begin, end] = [await this.pagePosition(from.x, from.y), await this.pagePosition(to.x, to.y)];
    await this.page.mouse.move(begin.x, begin.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x, end.y, { steps: 8 });
    await this.page.mouse.up();
  }

  /** The proposal of the given round is on show and nothing is under way. */
  async waitForRound(round: number): Promise<void> {
    await this.page
      .locator(`[data-cy="spa-panel"][data-round="${round}"] [data-cy="spa-status"][data-state="proposing"]`)
      .waitFor({ state: 'attached' });
  }

  /** Brings an image of the first viewport's series onto the screen, counted along the axis from the lowest. */
  async showSlice(index: number): Promise<void> {
    await this.page.evaluate(showImage, index);
  }

  /** The image that the first viewport names as shown is loaded. */
  async waitForCurrentImage(): Promise<void> {
    await this.page.waitForFunction(() => {
      const imageId = window.cornerstone.getRenderingEngines()[0]?.getViewports()[0]?.getCurrentImageId();
      return imageId !== undefined && window.cornerstone.cache.getImage(imageId) !== undefined;
    });
  }

  /** Waits until the structure is proposed on the image to which `act` follows it. */
  async follow(act: () => Promise<void>): Promise<void> {
    const shown = await this.currentImage();
    await act();
    await this.poll(async () => (await this.currentImage()) !== shown, 'another image');
    await this.waitForRound(1);
  }

  /** Of the image that the first viewport shows. */
  private currentImage(): Promise<string> {
    return this.page.evaluate(
      () => window.cornerstone.getRenderingEngines()[0]?.getViewports()[0]?.getCurrentImageId() ?? '',
    );
  }

  /** Magnifies the first viewport around a slice pixel. */
  async zoomTo(x: number, y: number, zoom: number): Promise<void> {
    await this.page.evaluate(
      ([column, row, factor]) => {
        const viewport = window.cornerstone.getRenderingEngines()[0]?.getViewports()[0];
        if (viewport === undefined) throw new Error('There is no viewport.');
        viewport.setZoom(factor);
        const world = viewport.getImageData().imageData.indexToWorld([column, row, 0]);
        const [canvasX, canvasY] = viewport.worldToCanvas(world);
        const { clientWidth, clientHeight } = viewport.canvas;
        const [panX, panY] = viewport.getPan();
        viewport.setPan([panX + clientWidth / 2 - canvasX, panY + clientHeight / 2 - canvasY]);
        viewport.render();
      },
      [x, y, zoom] as const,
    );
  }

  /** Lays out the viewports as the named hanging protocol of the host does. */
  async setHangingProtocol(protocolId: string): Promise<void> {
    await this.page.evaluate(
      id => window.commandsManager.runCommand('setHangingProtocol', { protocolId: id }),
      protocolId,
    );
    await this.page.waitForFunction(() => {
      const viewports = window.cornerstone.getRenderingEngines()[0]?.getViewports() ?? [];
      return viewports.length > 1 && viewports.every(viewport => (viewport.getImageData() ?? null) !== null);
    });
  }

  /** Turns the first viewport and mirrors it left to right. */
  async turnAndFlip(degrees: number): Promise<void> {
    await this.page.evaluate(angle => {
      const viewport = window.cornerstone.getRenderingEngines()[0]?.getViewports()[0];
      if (viewport === undefined) throw new Error('There is no viewport.');
      viewport.setViewPresentation({ rotation: angle, flipHorizontal: true });
      viewport.render();
    }, degrees);
  }

  /** Turns the mouse wheel over a box, as a user does, until an element stands within it. */
  async wheelTo(element: Locator, box: Locator): Promise<void> {
    const around = await box.boundingBox();
    if (around === null) throw new Error('There is no box to turn the wheel over.');
    await this.page.mouse.move(around.x + around.width / 2, around.y + around.height / 2);
    for (let turn = 0; turn < 60; turn++) {
      const inside = await element.boundingBox();
      if (inside !== null && inside.y + inside.height <= around.y + around.height && inside.y >= around.y)
        return;
      await this.page.mouse.wheel(0, 120);
      await this.page.waitForTimeout(50);
    }
    throw new Error('The wheel does not bring it into the box.');
  }

  by(name: string): Locator {
    return this.page.locator(`[data-cy="${name}"]`);
  }

  async number(name: string, attribute: string): Promise<number> {
    return Number(await this.by(name).getAttribute(attribute));
  }

  async candidateAreas(): Promise<number[]> {
    const areas: number[] = [];
    for (let card = 1; card <= 4; card++) {
      if ((await this.by(`spa-candidate-${card}`).count()) > 0) {
        areas.push(await this.number(`spa-candidate-${card}`, 'data-area-mm2'));
      }
    }
    return areas;
  }

  /** Segmentations that the host lists. */
  async segmentationCount(): Promise<number> {
    return this.page.evaluate(() => window.services.segmentationService.getSegmentations().length);
  }

  /** Ids of the viewports in the grid. */
  async viewportIds(): Promise<string[]> {
    return this.page.evaluate(
      () =>
        window.cornerstone
          .getRenderingEngines()[0]
          ?.getViewports()
          .map(({ id }) => id) ?? [],
    );
  }

  /** The grid has viewports of these types, and all of them their images. */
  async waitForViewports(types: readonly string[]): Promise<void> {
    await this.page.waitForFunction(wanted => {
      const viewports = window.cornerstone.getRenderingEngines()[0]?.getViewports() ?? [];
      const areThere = viewports.every(viewport => (viewport.getImageData() ?? null) !== null);
      return areThere && viewports.map(({ type }) => type).join() === wanted;
    }, types.join());
  }

  async waitForActive(viewportId: string): Promise<void> {
    await this.page.waitForFunction(
      id => window.services.viewportGridService.getActiveViewportId() === id,
      viewportId,
    );
  }

  /** How many of the host's own segmentations a viewport has. */
  async segmentationsShown(viewportId: string): Promise<number> {
    return this.page.evaluate(
      id => window.services.segmentationService.getSegmentationRepresentations(id).length,
      viewportId,
    );
  }

  /** What the host does for its user who asks for a new segmentation. */
  async addHostSegmentation(): Promise<void> {
    await this.page.evaluate(async () => {
      const { segmentationService, displaySetService, viewportGridService } = window.services;
      const [displaySet] = displaySetService.getActiveDisplaySets();
      if (displaySet === undefined) throw new Error('There is no display set.');
      const segments = { 1: { segmentIndex: 1, label: 'Segment 1', active: true } };
      const segmentationId = await segmentationService.createLabelmapForDisplaySet(displaySet, {
        label: 'Segmentation',
        segments,
      });
      await segmentationService.addSegmentationRepresentation(viewportGridService.getActiveViewportId(), {
        segmentationId,
        type: 'Labelmap',
      });
    });
  }

  /** A segmentation of the host's is drawn in the first viewport. */
  async waitForSegmentation(): Promise<void> {
    await this.page.waitForFunction(() => {
      const viewport = window.cornerstone?.getRenderingEngines()[0]?.getViewports()[0];
      if (viewport === undefined || (viewport.getImageData() ?? null) === null) return false;
      return window.services.segmentationService.getSegmentationRepresentations(viewport.id).length > 0;
    });
  }

  /** Segmentations in which proposals are drawn at this moment. */
  async overlayCount(): Promise<number> {
    return this.page.evaluate(
      prefix =>
        window.cornerstoneTools.segmentation.state
          .getSegmentations()
          .filter(segmentation => segmentation.segmentationId.startsWith(prefix)).length,
      overlayPrefix,
    );
  }

  /** Saves what the export button hands to the browser; returns the file. */
  async exportSegmentation(): Promise<string> {
    const file = path.join(this.artifacts, 'export.dcm');
    const click = (): Promise<void> => this.by('spa-export-seg').click();
    await this.kind.save(this.page, path.join(this.artifacts, 'downloads'), click, file);
    return file;
  }

  /** The first viewport as it is drawn, markers and overlays included. */
  async viewportPicture(): Promise<string> {
    return (await this.page.locator('.cornerstone-viewport-element').first().screenshot()).toString('base64');
  }

  /** The named overlay of the proposal is drawn, or is not drawn any more. */
  async waitForOverlay(name: string, drawn: boolean): Promise<void> {
    await this.page.waitForFunction(
      ([segmentationId, wanted]) =>
        window.cornerstoneTools.segmentation.state
          .getSegmentations()
          .some(segmentation => segmentation.segmentationId === segmentationId) === wanted,
      [overlayPrefix + name, drawn] as const,
    );
  }

  async waitForOtherPicture(than: string): Promise<void> {
    await this.poll(async () => (await this.viewportPicture()) !== than, 'another picture');
  }

  /** Asks again and again until it holds. */
  async poll(holds: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + patience;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`The viewport did not show ${what} within ${patience} ms.`);
      await this.page.waitForTimeout(50);
    }
  }
}
