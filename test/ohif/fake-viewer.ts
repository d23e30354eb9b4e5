/**
 * A viewer small enough to look into: one stack viewport over images of one series, a cache, and cornerstone's segmentation state. It keeps
 * the rules that the extension relies on (a new representation becomes the active one; removal frees), nothing more.
 */
import type {
  ActorEntry,
  Cornerstone,
  CornerstoneImage,
  CornerstoneTools,
  Memo,
  Segmentation,
  SegmentationStyles,
  Viewport,
} from '../../extension/src/ohif/host/cornerstone-types';
import { Host } from '../../extension/src/ohif/host/host';
import type {
  CommandDefinition,
  DataSourceDefinition,
  DisplaySet,
  Services,
} from '../../extension/src/ohif/host/host-types';

export const WIDTH = 8;
export const HEIGHT = 6;
export const VIEWPORT = 'viewport';

interface Representation {
  segmentationId: string;
  type: string;
  active: boolean;
}

export class FakeViewer {
  readonly images = new Map<string, CornerstoneImage>();
  readonly segmentations = new Map<string, Segmentation>();
  representations: Representation[] = [];
  readonly locked = new Set<string>();
  readonly memos: Memo[] = [];
  /** How many of them were taken back. */
  private takenBack = 0;
  readonly dataModified: string[] = [];
  readonly styles = new Map<string, Record<string, unknown>>();
  /** Those that the host was asked to draw. */
  frames = 0;
  private readonly segmentationStyle: SegmentationStyles = {
    setStyle: ({ segmentationId }, style) => void this.styles.set(segmentationId, style),
    clearSegmentationStyle: id => void this.styles.delete(id),
    getRenderInactiveSegmentations: () => true,
    setRenderInactiveSegmentations: () => undefined,
  };
  readonly displaySets = new Map<string, DisplaySet>();
  /** Cornerstone's own: what leaves its cache, and which segmentation is removed. */
  private readonly eventTarget = new EventTarget();
  readonly element = new EventTarget();
  readonly commands = new Map<string, CommandDefinition>();
  readonly ran: string[] = [];
  readonly metadata = new Map<string, object>();
  readonly customizations = new Map<string, unknown>();
  readonly imageIds: readonly string[];
  /** What the deployment says of where the images come from, and whether files can be sent there. */
  dataSource: {
    readonly configuration: NonNullable<DataSourceDefinition['configuration']>;
    readonly stores: boolean;
  } = {
    configuration: { wadoRoot: 'http://localhost/dicomweb' },
    stores: true,
  };
  private readonly segmentationListeners = new Set<(detail: unknown) => void>();
  /** Sizes of the files that it was sent. */
  readonly stored: number[] = [];
  /** What the viewport shows. */
  series: readonly string[] = ['series'];
  /** The images that it pages through. */
  stack: readonly string[];
  isOpen = true;
  /** Claims of whoever is logged in; null: nobody is. */
  user: { readonly iss?: unknown; readonly sub?: unknown } | null = null;
  colourTables = 0;
  layersMade = 0;
  type = 'stack';
  current = 0;
  private made = 0;
  private mounted: readonly ActorEntry[] = [];
  readonly host: Host;
  private readonly displaySet: DisplaySet;

  constructor(count = 3) {
    this.imageIds = Array.from({ length: count }, (_, i) => `image-${i}`);
    this.stack = this.imageIds;
    this.displaySet = { displaySetInstanceUID: 'series', imageIds: this.imageIds };
    for (const id of this.imageIds) this.images.set(id, image(id, new Int16Array(WIDTH * HEIGHT)));
    this.host = new Host({
      servicesManager: { services: this.services(), registerService: () => undefined },
      commandsManager: {
        run: name => {
          this.ran.push(name);
          this.commands.get(name)?.commandFn({});
        },
        getCommand: name => this.commands.get(name),
        registerCommand: (_, name, definition) => this.commands.set(name, definition),
      },
      extensionManager: {
        getActiveDataSource: () => [this.dataSource.stores ? { store: { dicom: this.takeFile } } : {}],
        getActiveDataSourceDefinition: () => ({ ...this.dataSource }),
        getModuleEntry: () => ({
          exports: {
            getCornerstoneLibraries: () => ({
              cornerstone: this.cornerstone(),
              cornerstoneTools: this.tools(),
            }),
          },
        }),
      },
    });
  }

  /** Pages to an image as the host does: first the word, then the image. */
  scroll(index: number): void {
    this.element.dispatchEvent(new CustomEvent('pre'));
    this.current = index;
    this.element.dispatchEvent(new CustomEvent('new'));
  }

  /** Puts other images into the viewport. */
  open(stack: readonly string[], index = 0): void {
    this.stack = stack;
    this.scroll(index);
  }

  /** Takes the viewport away as the host does: it tells of it while it still has it. */
  close(): void {
    const detail = { element: this.element, viewportId: VIEWPORT };
    this.eventTarget.dispatchEvent(new CustomEvent('disabled', { detail }));
    this.isOpen = false;
  }

  /** What the host's Undo does. */
  undo(): void {
    this.takenBack++;
    this.memos.at(-this.takenBack)?.restoreMemo(true);
  }

  redo(): void {
    this.memos.at(-this.takenBack)?.restoreMemo(false);
    this.takenBack--;
  }

  /** Draws the viewport as it is: what was shown since the last time is drawn from now on. */
  render(): void {
    this.mounted = this.representations.map(({ segmentationId }) => {
      const [imageId] = this.segmentations.get(segmentationId)?.representationData.Labelmap?.imageIds ?? [];
      const imageData = { modified: () => undefined };
      const actor = { getMapper: () => ({ getInputData: () => imageData }) };
      return { uid: segmentationId, actor, ...(imageId === undefined ? {} : { referencedId: imageId }) };
    });
    this.element.dispatchEvent(new CustomEvent('rendered'));
  }

  /** Drops images from the cache as the host does when it makes room. */
  evict(...imageIds: readonly string[]): void {
    for (const imageId of imageIds) {
      this.images.delete(imageId);
      this.eventTarget.dispatchEvent(new CustomEvent('image-removed', { detail: { imageId } }));
    }
  }

  /** As the host's segmentation panel does it. */
  replaceSegments(segmentationId: string, segments: Segmentation['segments']): void {
    const segmentation = this.segmentations.get(segmentationId);
    if (segmentation === undefined) throw new Error(`There is no segmentation ${segmentationId}.`);
    this.segmentations.set(segmentationId, { ...segmentation, segments });
    for (const listener of this.segmentationListeners) listener({ segmentationId });
  }

  removeSegmentation(segmentationId: string): void {
    this.segmentations.delete(segmentationId);
    this.eventTarget.dispatchEvent(new CustomEvent('segmentation-removed', { detail: { segmentationId } }));
  }

  labels(labelmapImageId: string): number[] {
    return [...(this.images.get(labelmapImageId)?.getPixelData() ?? [])];
  }

  /** `layers`: labelmap images for every image; the host makes several where segments of a file overlap, and lists them layer by layer. */
  addLabelmap(
    segmentationId: string,
    segments: Segmentation['segments'],
    images = this.imageIds,
    layers = 1,
  ): void {
    const imageIds: string[] = [];
    for (let layer = 1; layer <= layers; layer++) {
      for (const referenced of images) {
        const id = `${segmentationId}/${referenced}${layer === 1 ? '' : ` (${layer})`}`;
        this.images.set(id, image(id, new Uint8Array(WIDTH * HEIGHT), referenced));
        imageIds.push(id);
      }
    }
    this.segmentations.set(segmentationId, {
      segmentationId,
      label: segmentationId,
      segments,
      representationData: { Labelmap: { imageIds, referencedImageIds: images } },
    });
    this.represent(segmentationId);
  }

  readonly viewport = {
    id: VIEWPORT,
    element: this.element as unknown as HTMLElement,
    getCurrentImageId: () => this.stack[this.current] ?? null,
    getImageIds: () => this.stack,
    setImageIdIndex: async index => this.scroll(index),
    getProperties: () => ({ voiRange: { lower: 0, upper: 100 } }),
    getImageData: () => ({ imageData: { worldToIndex: same, indexToWorld: same } }),
    worldToCanvas: ([x, y]) => [x * 10, y * 10],
    canvasToWorld: ([x, y]) => [x / 10, y / 10, 0],
    getActors: () => this.mounted,
    render: () => void this.frames++,
  } as Omit<Viewport, 'type'> as Viewport;

  private readonly takeFile = (file: ArrayBuffer): Promise<void> => {
    this.stored.push(file.byteLength);
    return Promise.resolve();
  };

  private represent(segmentationId: string): void {
    for (const other of this.representations) other.active = false;
    this.representations.push({ segmentationId, type: 'Labelmap', active: true });
  }

  private active(): Segmentation | undefined {
    const id = this.representations.find(each => each.active)?.segmentationId;
    return id === undefined ? undefined : this.segmentations.get(id);
  }

  private services(): Services {
    const subscribe = () => ({ unsubscribe: () => undefined });
    Object.defineProperty(this.viewport, 'type', { get: () => this.type });
    return {
      viewportGridService: {
        EVENTS: {},
        subscribe,
        getActiveViewportId: () => VIEWPORT,
        getDisplaySetsUIDsForViewport: () => this.series,
      },
      cornerstoneViewportService: {
        getCornerstoneViewport: id => (id === VIEWPORT && this.isOpen ? this.viewport : null),
      },
      displaySetService: {
        getDisplaySetByUID: uid => (uid === 'series' ? this.displaySet : this.displaySets.get(uid)),
        deleteDisplaySet: uid => void this.displaySets.delete(uid),
      },
      customizationService: {
        getCustomization: id => this.customizations.get(id),
        setCustomizations: wanted => {
          for (const [id, { $set }] of Object.entries(wanted)) this.customizations.set(id, $set);
        },
      },
      userAuthenticationService: { getUser: () => (this.user === null ? null : { profile: this.user }) },
      toolbarService: { refreshToolbarState: () => undefined },
      segmentationService: {
        EVENTS: { SEGMENTATION_MODIFIED: 'segmentation modified' },
        subscribe: (_, listener) => {
          this.segmentationListeners.add(listener);
          return { unsubscribe: () => void this.segmentationListeners.delete(listener) };
        },
        getSegmentation: id => this.segmentations.get(id),
        getSegmentations: () => [...this.segmentations.values()],
        getSegmentationRepresentations: () => this.representations,
        getActiveSegmentation: () => this.active(),
        addOrUpdateSegmentation: ({ segmentationId, representation, config }) => {
          this.segmentations.set(segmentationId, {
            segmentationId,
            label: config.label,
            segments: config.segments,
            representationData: { Labelmap: representation.data },
          });
        },
        addSegmentationRepresentation: (_, { segmentationId }) => {
          this.represent(segmentationId);
          return Promise.resolve();
        },
        getSegmentColor: () => [1, 2, 3, 255],
      },
    };
  }

  private cornerstone(): Cornerstone {
    return {
      Enums: {
        Events: {
          PRE_STACK_NEW_IMAGE: 'pre',
          STACK_NEW_IMAGE: 'new',
          IMAGE_RENDERED: 'rendered',
          ELEMENT_DISABLED: 'disabled',
          IMAGE_CACHE_IMAGE_REMOVED: 'image-removed',
          IMAGE_LOAD_FAILED: 'load-failed',
        },
      },
      eventTarget: this.eventTarget,
      cache: {
        getImage: id => this.images.get(id),
        getImageLoadObject: id => this.images.get(id),
        removeImageLoadObject: id => void this.images.delete(id),
        putImageSync: (id, put) => void this.images.set(id, put),
        getMaxCacheSize: () => 3 * 2 ** 30,
      },
      metaData: { get: (type, id) => this.metadata.get(`${type} ${id}`) },
      imageLoader: {
        createAndCacheDerivedLabelmapImage: (referenced, { imageId }) => {
          const made = image(imageId, new Uint8Array(WIDTH * HEIGHT), referenced);
          this.images.set(imageId, made);
          return { ...made, voxelManager: { getScalarData: () => made.getPixelData() } };
        },
      },
      utilities: {
        uuidv4: () => `made-${++this.made}`,
        updateVTKImageDataWithCornerstoneImage: () => undefined,
        HistoryMemo: { DefaultHistoryMemo: this.history() },
      },
      getEnabledElements: () => [{ viewport: this.viewport }],
      getEnabledElementByViewportId: () => ({ viewport: this.viewport }),
    };
  }

  private history() {
    const canUndo = (): boolean => this.memos.length > this.takenBack;
    const canRedo = (): boolean => this.takenBack > 0;
    return {
      push: (memo: Memo) => void this.memos.push(memo),
      get canUndo() {
        return canUndo();
      },
      get canRedo() {
        return canRedo();
      },
    };
  }

  private tools(): CornerstoneTools {
    class BaseTool {
      static toolName = '';
      mode = 'Active';
    }
    return {
      Enums: {
        MouseBindings: {},
        KeyboardBindings: {},
        Events: { SEGMENTATION_REMOVED: 'segmentation-removed' },
      },
      BaseTool,
      addTool: () => undefined,
      removeTool: () => undefined,
      segmentation: {
        addSegmentations: added => {
          for (const { segmentationId, representation, config } of added) {
            this.layersMade++;
            this.displaySets.set(segmentationId, {
              displaySetInstanceUID: segmentationId,
              madeInClient: true,
            });
            this.segmentations.set(segmentationId, {
              segmentationId,
              ...config,
              representationData: { Labelmap: representation.data },
            });
          }
        },
        addSegmentationRepresentations: (_, added) =>
          added.forEach(each => this.represent(each.segmentationId)),
        removeSegmentationRepresentations: (_, { segmentationId }) => {
          this.representations = this.representations.filter(each => each.segmentationId !== segmentationId);
        },
        updateSegmentations: updates => {
          for (const { segmentationId, payload } of updates) {
            const present = this.segmentations.get(segmentationId);
            if (present) this.segmentations.set(segmentationId, { ...present, ...payload });
          }
        },
        activeSegmentation: {
          getActiveSegmentation: () => this.active(),
          setActiveSegmentation: (_, id) => {
            for (const each of this.representations) each.active = each.segmentationId === id;
          },
        },
        config: {
          color: { addColorLUT: () => this.colourTables++ },
          style: {
            ...this.segmentationStyle,
            setStyle: (specifier, style) => {
              this.segmentationStyle.setStyle(specifier, style);
              this.frames++;
            },
          },
        },
        segmentationStyle: this.segmentationStyle,
        state: {
          getSegmentation: id => this.segmentations.get(id),
          getSegmentationRepresentations: () => this.representations,
          getCurrentLabelmapImageIdForViewport: () => undefined,
          getColorLUT: index => (index < this.colourTables ? [] : undefined),
          removeSegmentation: id => this.removeSegmentation(id),
        },
        triggerSegmentationEvents: { triggerSegmentationDataModified: id => void this.dataModified.push(id) },
        segmentLocking: { isSegmentIndexLocked: (id, index) => this.locked.has(`${id} ${index}`) },
      },
      utilities: {
        triggerAnnotationRenderForViewportIds: () => undefined,
        segmentation: { triggerSegmentationRender: () => void this.frames++ },
      },
    };
  }
}

function same<T>(value: T): T {
  return value;
}

function image(
  imageId: string,
  values: Int16Array | Uint8Array,
  referencedImageId?: string,
): CornerstoneImage {
  return {
    imageId,
    ...(referencedImageId === undefined ? {} : { referencedImageId }),
    rows: HEIGHT,
    columns: WIDTH,
    sizeInBytes: values.byteLength,
    voxelManager: { getScalarData: () => values },
    getPixelData: () => values,
  };
}
