/** The parts of the host that the mode uses, as structural types: the host comes without types. */
import type {
  DisplaySet,
  HostParameters,
  PubSub,
  Services,
  ServicesManager,
} from '../../extension/src/ohif/host/host-types';

export interface ToolEntry {
  readonly toolName: string;
  readonly parentTool?: string;
  readonly bindings?: readonly object[];
  readonly configuration?: object;
}

export interface ToolGroupTools {
  readonly active: readonly ToolEntry[];
  readonly passive?: readonly ToolEntry[];
  readonly enabled?: readonly ToolEntry[];
  readonly disabled?: readonly ToolEntry[];
}

export interface Button {
  readonly id: string;
  readonly uiType: string;
  readonly props: object;
}

export type AddedDisplaySet = Pick<DisplaySet, 'isDynamicVolume'>;

/** The host's service for display sets. */
export type DisplaySets = PubSub;

interface Destroyable {
  destroy(): void;
}

export interface ModeServices {
  readonly toolGroupService: Destroyable & {
    createToolGroupAndAddTools(toolGroupId: string, tools: ToolGroupTools): unknown;
  };
  readonly displaySetService: DisplaySets;
  readonly syncGroupService: Destroyable;
  readonly segmentationService: Destroyable;
  readonly cornerstoneViewportService: Destroyable;
  readonly measurementService: { clearMeasurements(): void };
  readonly uiDialogService: { hideAll?(): void };
  readonly uiModalService: { hide(): void };
  readonly uiNotificationService?: Services['uiNotificationService'];
  readonly toolbarService: {
    /** The second argument replaces buttons that a mode before left. */
    register?(buttons: readonly Button[], replace?: boolean): void;
    addButtons?(buttons: readonly Button[]): void;
    updateSection?(section: string, buttonIds: readonly string[]): void;
    createButtonSection?(section: string, buttonIds: readonly string[]): void;
    readonly sections?: {
      readonly primary?: string;
      readonly labelMapSegmentationToolbox?: string;
      readonly segmentationToolbox?: string;
      readonly viewportActionMenu?: Readonly<Record<string, string>>;
    };
  };
}

export interface ModeParameters extends Omit<HostParameters, 'servicesManager'> {
  readonly servicesManager: { readonly services: ServicesManager['services'] & ModeServices };
}
