import type { LoadProgress } from '../inference/engine';
import type { Colours } from '../core/image/colours';
import type { Orientation } from '../core/image/orientation';
import type { SegmentExtent } from '../core/image/segment-extent';
import type { MaskStatistics } from '../core/image/statistics';
import type { Tendency } from '../core/proposal/proposal';
import type { ToolMode } from '../core/session/session-state';

/** RGBA picture of the crop, drawn by `core/image/thumbnail.ts`; square, `size * size * 4` bytes. */
export interface Thumbnail {
  readonly size: number;
  readonly rgba: Uint8ClampedArray;
}

export interface CardModel {
  readonly thumbnail: Thumbnail;
  readonly statistics: MaskStatistics;
  /** Per cent against the recommended mask; null on the recommended card itself. */
  readonly areaDifferencePercent: number | null;
}

/** What the next click or key would do: selects the one sentence of guidance in `text.ts`. */
export type Guidance =
  | 'open-image'
  | 'loading'
  | 'not-here'
  | 'click-structure'
  | 'working'
  | 'answer'
  /** An answer as well, to a mask that is little like the one that it was followed from. */
  | 'unlike'
  /** The image of the proposal is not on show, and the next answer brings it back ... */
  | 'elsewhere'
  /** ... or no viewport has it. */
  | 'nowhere'
  | 'accepted';

export interface ProblemModel {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly canRetry: boolean;
}

/** Among the images of a stack. */
export type Direction = 'previous' | 'next';

/** Whether there is an image in either direction. */
export type Directions = Readonly<Record<Direction, boolean>>;

/** What of a proposal is drawn on the slice, and how strongly its masks are filled. */
export interface LayerSwitches {
  readonly recommended: boolean;
  readonly candidates: boolean;
  readonly uncertainty: boolean;
  /** 0..1 */
  readonly opacity: number;
}

/** Everything the panel shows. A new object for every change; the panel holds no state of its own besides focus. */
export interface PanelModel {
  readonly state: 'idle' | 'loading' | 'working' | 'proposing' | 'error';
  readonly guidance: Guidance;
  readonly progress: LoadProgress | null;
  readonly problem: ProblemModel | null;
  /** A condition that does not stop the work: the modality is not one the bundle was made for. */
  readonly warning: string | null;
  readonly bundle: {
    readonly name: string;
    readonly version: string;
    readonly license: string;
    readonly engine: 'bayes' | 'reference' | 'sam';
    /** DICOM modalities that it was made for; empty where it does not say. */
    readonly modalities: readonly string[];
    readonly backend: 'webgpu' | 'wasm-threads' | 'wasm';
    readonly threads: number;
    /** Why a graphics card that the browser offers is not used; null where it is, or where there is none. */
    readonly passedOver: string | null;
  } | null;
  /** All that the deployment lists, in its order. */
  readonly bundles: readonly { readonly label: string; readonly inWork: boolean }[];
  /** Another bundle on its way while the present one stays in work. */
  readonly opening: { readonly label: string; readonly progress: LoadProgress | null } | null;
  /** What a click means; null: it is for a tool of the viewer's. */
  readonly tool: ToolMode | null;
  readonly round: number;
  readonly recommended: (CardModel & { readonly certainShare: number }) | null;
  readonly candidates: readonly CardModel[];
  /** Index of the candidate shown in the viewport because its card is hovered or focused; null if none. */
  readonly previewed: number | null;
  /** Undo and Redo take the steps of the slice in work, a click that is being computed as well; else those of the viewer's own history. */
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly canClear: boolean;
  readonly canAccept: boolean;
  /** Whether the structure can be followed to the image before and after: of the proposal, which is accepted with it, or accepted already. */
  readonly canFollow: Directions;
  /** Whether a card can be chosen. */
  readonly canChoose: boolean;
  /** Side of the field of view in mm or px; `automatic` until set by hand. 'slice': the model always sees all of it. */
  readonly fieldOfView:
    | {
        readonly side: number;
        readonly unit: 'mm' | 'px';
        readonly automatic: boolean;
      }
    | 'slice'
    | null;
  /** Null where the model learns nothing. `tendency` is 'untold' where the model does not tell how the user draws. */
  readonly preference: {
    readonly answers: number;
    /** Whether it outlives this page. */
    readonly kept: boolean;
    readonly tendency: Tendency | null | 'untold';
    /** How far outside of the model's this user draws the border (inside where negative); null where that was not learnt. */
    readonly margin: { readonly distance: number; readonly unit: 'mm' | 'px' } | null;
  } | null;
  /** Of masks on the slice and on the cards. */
  readonly colours: Colours;
  /** How the slice lies on the screen: its pictures on the cards lie the same way. */
  readonly orientation: Orientation;
  readonly layers: LayerSwitches;
  /** Where Accept writes: the labels of segmentation and segment, or null if a new one will be made; 'locked': it cannot now. */
  readonly target:
    { readonly segmentation: string; readonly segment: string; readonly isHidden: boolean } | 'locked' | null;
  /** How far that segment reaches through its series; null where there is none, and until it is known. */
  readonly extent: SegmentExtent | null;
  readonly canExport: boolean;
  /** Whether the images come from where a segmentation can be stored as well. */
  readonly canStore: boolean;
  /** A segmentation is on its way there. */
  readonly storing: boolean;
}

/** What the user can want. The panel calls these and does nothing else. */
export interface PanelIntents {
  accept(): void;
  /** Accepts what is proposed, shows the image beside, and proposes the same structure there. */
  follow(direction: Direction): void;
  cancel(): void;
  choose(candidate: number): void;
  preview(candidate: number | null): void;
  undo(): void;
  redo(): void;
  clear(): void;
  forget(): void;
  retry(): void;
  dismissProblem(): void;
  setTool(tool: ToolMode): void;
  setLayer(layer: 'recommended' | 'candidates' | 'uncertainty', visible: boolean): void;
  setOpacity(opacity: number): void;
  /** Factor on the present side: > 1 sees more. */
  scaleFieldOfView(factor: number): void;
  exportSegmentation(): void;
  storeSegmentation(): void;
  /** Opens another of `bundles` and works with it from then on. */
  switchBundle(index: number): void;
  /** Stays with the present bundle while another is on its way. */
  cancelSwitch(): void;
}

export interface PanelStore {
  getSnapshot(): PanelModel;
  /** Returns the function that unsubscribes. */
  subscribe(listener: () => void): () => void;
  readonly intents: PanelIntents;
}
