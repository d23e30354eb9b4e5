import type { ActorEntry, Viewport } from '../../../extension/src/ohif/host/cornerstone-types';
import type { Services } from '../../../extension/src/ohif/host/host-types';

export const VIEWPORT = 'viewport';

/** Names of what the host tells of it. */
export const viewportEvents = {
  PRE_STACK_NEW_IMAGE: 'pre',
  STACK_NEW_IMAGE: 'new',
  IMAGE_RENDERED: 'rendered',
  ELEMENT_DISABLED: 'disabled',
} as const;

/** The only viewport: it pages through a stack, and is the active one. */
export class FakeViewport implements Viewport {
  readonly id = VIEWPORT;
  readonly element = new EventTarget() as HTMLElement;
  type = 'stack';
  /** Index of the image on show. */
  current = 0;
  /** Display sets that it shows. */
  series: readonly string[] = ['series'];
  /** Frames that the host was asked to draw. */
  frames = 0;
  private isOpen = true;
  private mounted: readonly ActorEntry[] = [];

  constructor(
    private readonly eventTarget: EventTarget,
    /** The images that it pages through. */
    private stack: readonly string[],
  ) {}

  /** Pages to an image as the host does: first the word, then the image. */
  scroll(index: number): void {
    this.tell(viewportEvents.PRE_STACK_NEW_IMAGE);
    this.current = index;
    this.tell(viewportEvents.STACK_NEW_IMAGE);
  }

  /** Shows other images. */
  open(stack: readonly string[], index = 0): void {
    this.stack = stack;
    this.scroll(index);
  }

  /** Goes away as the host takes it: it tells of it while it still has it. */
  close(): void {
    const detail = { element: this.element, viewportId: VIEWPORT };
    this.eventTarget.dispatchEvent(new CustomEvent(viewportEvents.ELEMENT_DISABLED, { detail }));
    this.isOpen = false;
  }

  /** A frame with these actors is on the screen. */
  show(actors: readonly ActorEntry[]): void {
    this.mounted = actors;
    this.tell(viewportEvents.IMAGE_RENDERED);
  }

  readonly getCurrentImageId = () => this.stack[this.current] ?? null;
  readonly getImageIds = () => this.stack;
  setImageIdIndex: NonNullable<Viewport['setImageIdIndex']> = async index => this.scroll(index);
  /** As the user has it; the host tells by drawing again. */
  isInverted = false;
  readonly getProperties = () => ({ voiRange: { lower: 0, upper: 100 }, invert: this.isInverted });
  readonly getImageData: NonNullable<Viewport['getImageData']> = () => ({
    imageData: { worldToIndex: same, indexToWorld: same },
  });
  worldToCanvas: Viewport['worldToCanvas'] = ([x, y]) => [x * 10, y * 10];
  readonly canvasToWorld: Viewport['canvasToWorld'] = ([x, y]) => [x / 10, y / 10, 0];
  readonly getActors = () => this.mounted;
  readonly render = () => void this.frames++;

  readonly gridService: Services['viewportGridService'] = {
    EVENTS: {},
    subscribe: () => ({ unsubscribe: () => undefined }),
    getActiveViewportId: () => VIEWPORT,
    getDisplaySetsUIDsForViewport: () => this.series,
  };

  readonly viewportService: Services['cornerstoneViewportService'] = {
    getCornerstoneViewport: id => (id === VIEWPORT && this.isOpen ? this : null),
  };

  private tell(event: string): void {
    this.element.dispatchEvent(new CustomEvent(event));
  }
}

function same<T>(value: T): T {
  return value;
}
