import { ReaderMemory } from '../../../extension/src/ohif/controller/reader-memory';
import { SpaController } from '../../../extension/src/ohif/controller/spa-controller';
import type { CornerstoneImage, Segmentation } from '../../../extension/src/ohif/host/cornerstone-types';
import { meaning, type Colours } from '../../../extension/src/core/image/colours';
import type { Direction, PanelIntents, PanelModel } from '../../../extension/src/panel/panel-model';
import { FakeViewer } from '../fake-viewer/viewer';
import { VIEWPORT } from '../fake-viewer/viewport';
import { Frames } from '../frames';
import { bundle, FakeEngine, round, settled } from './fake-engine';
import { FakeStorage } from './fake-storage';

/** What the panel offers where there is nothing to follow. */
export const nowhere = { previous: false, next: false };

/** A viewer in which the mode has been entered, and an engine that is loading its bundle: the test gives its answers, when it wants to. */
export class Workplace {
  readonly engine = new FakeEngine();
  readonly frames = new Frames();
  readonly controller: SpaController;
  /** Of the deployment; asked for when the mode is entered. */
  colours: Colours = meaning;

  /** `kept`: what the browser keeps from one page to the next. */
  constructor(
    readonly viewer = new FakeViewer(),
    kept = new FakeStorage(),
  ) {
    // As the viewer registers them.
    viewer.commands.set('undo', { commandFn: () => viewer.history.undo() });
    viewer.commands.set('redo', { commandFn: () => viewer.history.redo() });
    this.controller = new SpaController({
      host: viewer.host,
      engine: this.engine,
      bundles: () => [
        { url: 'http://localhost/bundle/', label: 'bundle' },
        { url: 'http://localhost/other/', label: 'other' },
      ],
      colours: () => this.colours,
      memory: new ReaderMemory(
        viewer.host.services,
        () => undefined,
        () => kept,
      ),
      later: this.frames.later,
      seed: 1,
    });
    this.controller.enter();
  }

  /** Ready for clicks on an image in the middle of the series, from which one can follow in both directions. */
  static async inTheMiddle(): Promise<Workplace> {
    const work = new Workplace();
    await work.loaded();
    work.viewer.viewport.scroll(1);
    return work;
  }

  get model(): PanelModel {
    return this.controller.store.getSnapshot();
  }

  get intents(): PanelIntents {
    return this.controller.store.intents;
  }

  /** The bundle that is asked for is there. */
  loaded(): Promise<void> {
    return this.engine.respond(bundle);
  }

  /** The mode is left, entered again, and ready. */
  async enterAnew(): Promise<void> {
    this.controller.exit();
    this.controller.enter();
    await this.loaded();
  }

  async click(x: number, y: number, positive = true): Promise<void> {
    this.controller.place(VIEWPORT, { kind: 'point', at: { x, y }, positive });
    await settled();
  }

  /** The engine answers the request on its way with these masks, each a list of pixels. */
  async recommend(recommended: readonly number[], candidates: number[][] = []): Promise<void> {
    await this.engine.respond(round(this.engine.last.input, recommended, candidates));
    this.frames.all();
  }

  /** A click, and pixel 20 recommended, with two candidates. */
  async propose(): Promise<void> {
    await this.click(4, 2);
    await this.recommend([20], [[21], [22]]);
  }

  async accept(): Promise<void> {
    this.intents.accept();
    await this.done();
  }

  async follow(direction: Direction): Promise<void> {
    this.intents.follow(direction);
    await this.done();
  }

  /** All that the page still has to do, drawing included. */
  async done(): Promise<void> {
    for (let frame = 0; frame < 8; frame++) {
      await settled();
      this.frames.all();
    }
    await settled();
  }

  /** From now on images come as over a slow network: the viewer names one as shown before it has it. Returns what brings it. */
  slowly(): () => Promise<void> {
    const { viewer } = this;
    let arrive = (): void => undefined;
    viewer.viewport.setImageIdIndex = index =>
      new Promise<void>(resolve => {
        const imageId = viewer.imageIds[index] ?? '';
        const image = viewer.images.get(imageId) as CornerstoneImage;
        viewer.images.delete(imageId);
        viewer.viewport.current = index;
        arrive = () => {
          viewer.images.set(imageId, image);
          if (viewer.viewport.current === index) viewer.viewport.scroll(index);
          resolve();
        };
      });
    return () => {
      arrive();
      return this.done();
    };
  }

  /** From now on the viewer cannot load `imageId`: as cornerstone's stacks, it names it all the same, and does not ask again while it does. */
  cannotLoad(imageId: string): void {
    const { viewer } = this;
    const page = viewer.viewport.setImageIdIndex;
    viewer.viewport.setImageIdIndex = async index => {
      if (index === viewer.viewport.current) return;
      if (viewer.imageIds[index] !== imageId) return page?.(index);
      viewer.viewport.current = index;
      throw new Error('HTTP 502');
    };
  }

  /** Names of the overlays of a proposal. */
  get overlays(): string[] {
    return [...this.viewer.segmentations.keys()].filter(id => isOverlay(id) && !id.includes(':warm-up'));
  }

  /** The viewer's own. */
  get segmentations(): Segmentation[] {
    return [...this.viewer.segmentations.values()].filter(({ segmentationId }) => !isOverlay(segmentationId));
  }

  /** Pixels that are labelled on an image in the viewer's own segmentation. */
  written(imageId: string): number[] {
    const { viewer } = this;
    const labelmap = this.segmentations
      .flatMap(each => each.representationData.Labelmap?.imageIds ?? [])
      .find(id => viewer.images.get(id)?.referencedImageId === imageId);
    return labelmap === undefined
      ? []
      : viewer.images.labels(labelmap).flatMap((label, i) => (label > 0 ? [i] : []));
  }
}

function isOverlay(segmentationId: string): boolean {
  return segmentationId.startsWith('spa-overlay:');
}
