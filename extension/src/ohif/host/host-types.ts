/** The parts of OHIF's managers and services that this extension uses, as structural types (see `cornerstone-types.ts` for why). */
import type {
  Cornerstone,
  CornerstoneTools,
  Rgba,
  Segmentation,
  Segment,
  Viewport,
} from './cornerstone-types';

export interface Subscription {
  unsubscribe(): void;
}

export interface PubSub {
  readonly EVENTS: Readonly<Record<string, string>>;
  subscribe(event: string, listener: (detail: unknown) => void): Subscription;
}

export interface DisplaySet {
  readonly displaySetInstanceUID: string;
  readonly imageIds?: readonly string[];
  readonly Modality?: string;
  readonly madeInClient?: boolean;
  readonly SeriesNumber?: number | string;
  readonly SeriesDescription?: string;
  /** Several images at every place, which the host shows as volumes that change, never as a stack. */
  isDynamicVolume?: boolean;
  /** Of a SEG object that was opened: its Segment Sequence, nothing at the place of the background. */
  readonly segMetadata?: { readonly data: readonly (Readonly<Record<string, unknown>> | null | undefined)[] };
}

export interface HostRepresentation {
  readonly segmentationId: string;
  readonly visible?: boolean;
  readonly segments?: Readonly<Record<number, { readonly visible?: boolean } | undefined>>;
}

export interface SegmentationService extends PubSub {
  getSegmentation(segmentationId: string): Segmentation | undefined;
  getSegmentations(): readonly Segmentation[];
  getSegmentationRepresentations(viewportId: string, specifier?: object): readonly HostRepresentation[];
  getActiveSegmentation(viewportId: string): Segmentation | undefined | null;
  addOrUpdateSegmentation(segmentation: {
    segmentationId: string;
    representation: { type: 'Labelmap'; data: { imageIds: string[]; referencedImageIds: string[] } };
    config: {
      label: string;
      /** What the host's panels say of the series. */
      fallbackLabel: string;
      cachedStats: { info: string };
      segments: Record<number, Segment>;
    };
  }): unknown;
  addSegmentationRepresentation(
    viewportId: string,
    options: { segmentationId: string; type: 'Labelmap' },
  ): Promise<void>;
  getSegmentColor(viewportId: string, segmentationId: string, segmentIndex: number): Rgba;
}

export interface Services {
  readonly segmentationService: SegmentationService;
  readonly displaySetService: {
    getDisplaySetByUID(uid: string): DisplaySet | undefined;
    deleteDisplaySet(uid: string): void;
  };
  readonly viewportGridService: PubSub & {
    getActiveViewportId(): string | null | undefined;
    getDisplaySetsUIDsForViewport(viewportId: string): readonly string[] | undefined;
  };
  readonly cornerstoneViewportService: {
    getCornerstoneViewport(viewportId: string): Viewport | null | undefined;
  };
  readonly customizationService: {
    getCustomization(id: string): unknown;
    /** For the mode at work unless a scope is named. */
    setCustomizations(customizations: Record<string, { $set: unknown }>): void;
  };
  readonly toolbarService: {
    refreshToolbarState(props: { viewportId: string }): void;
  };
  /** A viewer of one's own may have no player of clips. */
  readonly cineService?:
    | {
        getState(): {
          readonly cines?: Readonly<Record<string, { readonly isPlaying?: boolean } | undefined>>;
        };
        /** What the player's button shows. */
        setCine(clip: { id: string; isPlaying: boolean }): void;
        stopClip(element: HTMLElement, options: { viewportId: string }): void;
      }
    | undefined;
  readonly userAuthenticationService?: {
    /** As the viewer's OpenID Connect client gives it; nothing where nobody is logged in. */
    getUser():
      { readonly profile?: { readonly iss?: unknown; readonly sub?: unknown } | null } | null | undefined;
  };
  readonly uiNotificationService?: {
    show(notification: {
      title: string;
      message: string;
      type: 'success' | 'error' | 'info';
      duration?: number;
    }): void;
  };
}

export interface ServicesManager {
  readonly services: Services;
  registerService(registration: object): void;
}

export interface CommandDefinition {
  readonly commandFn: (options: object) => unknown;
}

export interface CommandsManager {
  run(command: string, options?: object): unknown;
  getCommand(command: string, context?: string): CommandDefinition | undefined;
  registerCommand(context: string, command: string, definition: CommandDefinition): void;
}

export interface DataSource {
  /** Also there in sources that only pretend to store, such as dicomjson. */
  readonly store?: { dicom?(file: ArrayBuffer): Promise<unknown> };
}

/** What a deployment wrote about a data source. */
export interface DataSourceDefinition {
  readonly configuration?: { readonly supportsStow?: boolean; readonly wadoRoot?: string };
}

export interface ExtensionManager {
  getActiveDataSource?(): readonly DataSource[] | undefined;
  getActiveDataSourceDefinition?(): DataSourceDefinition | undefined;
  getModuleEntry(id: string): { readonly exports: unknown } | undefined;
}

export interface HostParameters {
  readonly servicesManager: ServicesManager;
  readonly commandsManager: CommandsManager;
  readonly extensionManager: ExtensionManager;
}

export interface CornerstoneLibraries {
  readonly cornerstone: Cornerstone;
  readonly cornerstoneTools: CornerstoneTools;
}
