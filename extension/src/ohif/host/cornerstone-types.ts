/**
 * The parts of cornerstone that this extension touches, as structural types: the host's copy is the only one, it is reached at run
 * time and comes without types. Optional members are those that some supported version lacks.
 */
import type { PixelArray } from '../../core/image/slice';

export type Point2 = [number, number];
export type Point3 = [number, number, number];
export type Rgba = [number, number, number, number];

export interface VoxelManager {
  getScalarData(): PixelArray;
}

export interface CornerstoneImage {
  readonly imageId: string;
  readonly referencedImageId?: string;
  readonly rows: number;
  readonly columns: number;
  readonly sizeInBytes: number;
  readonly slope?: number;
  readonly intercept?: number;
  readonly isPreScaled?: boolean;
  readonly preScale?: { readonly scaled?: boolean };
  readonly windowCenter?: number | readonly number[];
  readonly windowWidth?: number | readonly number[];
  readonly voxelManager?: VoxelManager;
  getPixelData(): PixelArray;
}

export interface LabelmapImage extends CornerstoneImage {
  readonly voxelManager: VoxelManager;
}

interface ImageData {
  worldToIndex(world: Point3): Point3;
  indexToWorld(index: Point3): Point3;
}

export interface ActorEntry {
  readonly uid: string;
  readonly referencedId?: string;
  readonly actor: { getMapper(): { getInputData(): VtkImageData } };
}

export interface VtkImageData {
  modified(): void;
  /** Only on CPU rendering. */
  setDerivedImage?(image: CornerstoneImage): void;
}

/** In modality units. */
export interface VoiRange {
  readonly lower: number;
  readonly upper: number;
}

export interface Presentation {
  /** Null while a stack could not draw its image. */
  readonly voiRange?: VoiRange | null;
  /** Low values bright; of MONOCHROME1 from the start. */
  readonly invert?: boolean;
}

export interface Viewport {
  readonly id: string;
  /** 'stack', 'orthographic', 'planarNext', ... */
  readonly type: string;
  readonly element: HTMLElement;
  getCurrentImageId(): string | null | undefined;
  /** Of stacks. */
  getImageIds?(): readonly string[];
  /** Of stacks. */
  setImageIdIndex?(index: number): Promise<unknown>;
  /** Of stacks and volumes; undefined while a volume viewport has no volume. */
  getProperties?(): Presentation | undefined;
  /** Of next viewports: 'stack', 'volume' or 'empty'. */
  getCurrentMode?(): string;
  /** Of next viewports: the display set that is not an overlay. */
  getSourceDataId?(): string | undefined;
  /** Of next viewports. */
  getDisplaySetPresentation?(displaySetId: string): Presentation | undefined;
  /** Of next viewports. */
  setDisplaySetPresentation?(displaySetId: string, presentation: Presentation): void;
  getImageData?(): { readonly imageData?: ImageData } | null | undefined;
  worldToCanvas(world: Point3): Point2;
  canvasToWorld(canvas: Point2): Point3;
  getActors(): readonly ActorEntry[];
  render(): void;
}

export interface Segment {
  segmentIndex: number;
  label: string;
  locked?: boolean;
  active?: boolean;
  /** Written by the host's exporter as SegmentAlgorithmType (0062,0008). */
  algorithmType?: string;
  /** Written by the host's exporter as SegmentAlgorithmName (0062,0009). */
  algorithmName?: string;
  /** Where the host keeps both for a segment that it has read from a SEG object. */
  readonly cachedStats?: { readonly algorithmType?: string; readonly algorithmName?: string };
}

export interface Segmentation {
  readonly segmentationId: string;
  readonly label: string;
  readonly segments: Readonly<Record<number, Segment | null | undefined>>;
  readonly representationData: {
    readonly Labelmap?: {
      readonly imageIds?: readonly string[];
      readonly referencedImageIds?: readonly string[];
    };
  };
}

export interface LabelmapStyle {
  readonly renderFill: boolean;
  readonly fillAlpha: number;
  readonly renderOutline: boolean;
  /** Canvas pixels. */
  readonly outlineWidth: number;
  readonly outlineOpacity: number;
}

/** How the host draws labelmaps: what is written here takes effect with the next frame of segmentations. */
export interface SegmentationStyles {
  setStyle(
    specifier: { segmentationId: string; type: 'Labelmap' },
    style: Record<string, unknown>,
    merge?: boolean,
  ): void;
  clearSegmentationStyle?(segmentationId: string): void;
  getRenderInactiveSegmentations(viewportId: string): boolean | undefined;
  setRenderInactiveSegmentations(viewportId: string, visible: boolean): void;
}

/** Undo and redo as the host keeps them: `true` takes the change back, `false` makes it again. */
export interface Memo {
  readonly id: string;
  readonly operationType: string;
  restoreMemo(undo: boolean): void;
}

export interface Cornerstone {
  readonly Enums: { readonly Events: Readonly<Record<string, string>> };
  readonly eventTarget: EventTarget;
  readonly cache: {
    getImage(imageId: string): CornerstoneImage | undefined;
    getImageLoadObject(imageId: string): unknown;
    removeImageLoadObject(imageId: string, options?: { force?: boolean }): void;
    /** Throws if the image is there already, and if no room can be made for it. */
    putImageSync(imageId: string, image: CornerstoneImage): void;
    /** Bytes. */
    getMaxCacheSize(): number;
  };
  readonly metaData: { get(type: string, imageId: string): unknown };
  readonly imageLoader: {
    createAndCacheDerivedLabelmapImage(
      referencedImageId: string,
      options: { imageId: string; instanceNumber?: number },
    ): LabelmapImage;
  };
  readonly utilities: {
    uuidv4(): string;
    updateVTKImageDataWithCornerstoneImage(imageData: VtkImageData, image: CornerstoneImage): void;
    readonly HistoryMemo?: {
      readonly DefaultHistoryMemo: {
        readonly canUndo: boolean;
        readonly canRedo: boolean;
        push(memo: Memo): void;
      };
    };
  };
  getEnabledElements(): readonly { readonly viewport: Viewport }[];
  getEnabledElementByViewportId(viewportId: string): { readonly viewport: Viewport } | undefined;
}

interface Representation {
  readonly segmentationId: string;
  readonly type: string;
}

export interface CornerstoneTools {
  readonly Enums: {
    readonly MouseBindings: Readonly<Record<string, number>>;
    readonly KeyboardBindings: Readonly<Record<string, number>>;
    readonly Events: Readonly<Record<string, string>>;
  };
  readonly BaseTool: ToolClass;
  readonly ToolGroupManager?: {
    getToolGroupForViewport(viewportId: string): ToolGroup | undefined;
  };
  addTool(tool: ToolClass): void;
  removeTool(tool: ToolClass): void;
  readonly segmentation: {
    addSegmentations(
      segmentations: readonly {
        segmentationId: string;
        representation: { type: 'Labelmap'; data: { imageIds: string[]; referencedImageIds: string[] } };
        config: { label: string; segments: Record<number, Segment> };
      }[],
      /** Of the event of a change: that of an addition comes all the same. */
      suppressEvents?: boolean,
    ): void;
    addSegmentationRepresentations(
      viewportId: string,
      representations: readonly {
        segmentationId: string;
        type: 'Labelmap';
        config: { colorLUTOrIndex: number };
      }[],
    ): void;
    removeSegmentationRepresentations(viewportId: string, specifier: Representation): void;
    updateSegmentations(
      updates: readonly { segmentationId: string; payload: Partial<Pick<Segmentation, 'segments'>> }[],
    ): void;
    readonly activeSegmentation: {
      getActiveSegmentation(viewportId: string): Segmentation | undefined;
      setActiveSegmentation(viewportId: string, segmentationId: string): void;
    };
    readonly config: {
      readonly color: { addColorLUT(table: Rgba[]): number };
      readonly style: SegmentationStyles;
    };
    /** The same without the events by which `config.style` has the host draw a frame for every call. */
    readonly segmentationStyle?: SegmentationStyles;
    readonly state: {
      getSegmentation(segmentationId: string): Segmentation | undefined;
      getSegmentationRepresentations(viewportId: string): readonly (Representation & { active: boolean })[];
      getColorLUT(index: number): readonly Rgba[] | undefined;
      removeSegmentation(segmentationId: string): void;
    };
    readonly triggerSegmentationEvents: {
      triggerSegmentationDataModified(segmentationId: string): void;
    };
    readonly segmentLocking: { isSegmentIndexLocked(segmentationId: string, segmentIndex: number): boolean };
  };
  readonly utilities: {
    triggerAnnotationRenderForViewportIds(viewportIds: string[]): void;
    readonly segmentation: { triggerSegmentationRender(viewportId: string): void };
  };
}

export interface ToolGroup {
  hasTool(toolName: string): boolean;
  getToolOptions(toolName: string): {
    readonly mode: string;
    readonly bindings?: readonly { readonly mouseButton?: number; readonly modifierKey?: number }[];
  };
  getToolInstance(toolName: string): object | undefined;
}

export interface SvgDrawing {
  getSvgNode(key: string): SVGElement | undefined;
  appendNode(node: SVGElement, key: string): void;
  setNodeTouched(key: string): void;
}

export interface PointerEventDetail {
  readonly viewportId: string;
  readonly element: HTMLElement;
  readonly event: MouseEvent | TouchEvent;
  readonly currentPoints: { readonly canvas: Point2; readonly world: Point3 };
}

export interface Tool {
  readonly mode: string;
}

export interface ToolClass {
  toolName: string;
  new (toolProps?: object, defaultToolProps?: object): Tool;
}
