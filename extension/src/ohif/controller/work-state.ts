import type { SpaError } from '../../core/error';
import { meaning, type Colours } from '../../core/image/colours';
import { initialSession, type SessionState } from '../../core/session/session-state';
import { upright, type Orientation } from '../../core/image/orientation';
import type { SegmentExtent } from '../../core/image/segment-extent';
import type { Slice } from '../../core/image/slice';
import type { LoadedBundle, LoadProgress } from '../../inference/engine';
import { defaultSwitches } from '../overlays/appearance';
import type { Directions, LayerSwitches, PanelModel } from '../../panel/panel-model';
import type { ImagePlace } from '../host/image-place';
import type { ExistingTarget } from '../segmentation/target';
import type { ToolInHand } from '../tool/tool-in-hand';
import type { DeployedBundle } from './bundle-address';
import type { Sight } from './sight';

/**
 * What Retry does after a fault: load the bundle again, open the other bundle again, run the failed request again, show stacks instead of
 * volumes, or nothing.
 */
export type Remedy = 'load' | 'switch' | 'request' | 'stack' | 'none';

export interface Fault {
  readonly error: SpaError;
  readonly remedy: Remedy;
}

/** Everything that the controller knows; immutable, so that what is shown of it can be memoised. */
export interface WorkState {
  readonly session: SessionState;
  /** Whether what was learnt outlives this page. */
  readonly kept: boolean;
  readonly bundle: LoadedBundle | null;
  /** What the deployment lists. */
  readonly deployed: readonly DeployedBundle[];
  /** Address of the bundle at work; null before the first load. */
  readonly inWork: string | null;
  /** Another bundle on its way, beside which the work goes on, and how far it is. */
  readonly opening: DeployedBundle | null;
  readonly openingProgress: LoadProgress | null;
  /** Of the first load; null before and after it. */
  readonly progress: LoadProgress | null;
  readonly loading: boolean;
  readonly fault: Fault | null;
  /** The image in the active viewport; null if there is none. */
  readonly shown: { readonly modality: string } | null;
  /** Whose a click in the active viewport is. */
  readonly toolInHand: ToolInHand;
  /** The slice in work and where it lies; null before the first click. */
  readonly slice: Slice | null;
  readonly place: ImagePlace | null;
  /** Whether that can be seen. */
  readonly sight: Sight;
  /** How it lies there. */
  readonly orientation: Orientation;
  /** Whether it is shown there with low values bright; undefined where the viewport does not tell. */
  readonly inverted: boolean | undefined;
  readonly previewed: number | null;
  readonly layers: LayerSwitches;
  /** The deployment's. */
  readonly colours: Colours;
  /** Labels of where Accept would write; null: into a new segmentation; 'locked': the active segment takes nothing. */
  readonly target: PanelModel['target'];
  /** The same as the host knows it; null where it would be a new one, or where it takes nothing. */
  readonly writesTo: ExistingTarget | null;
  /** How far that segment reaches through its series; null where there is none, and until it is known. */
  readonly extent: SegmentExtent | null;
  /** Whether the host's own history has steps, such as an accepted mask, to take back or to make again. */
  readonly hostHistory: { readonly canUndo: boolean; readonly canRedo: boolean };
  readonly canExport: boolean;
  /** Whether the data source takes files. */
  readonly canStore: boolean;
  /** A segmentation is on its way there. */
  readonly storing: boolean;
  /** In which directions there are images to follow a structure to: from the slice in work, and from what was accepted on the image on show. */
  readonly follows: { readonly inWork: Directions; readonly inSegment: Directions };
}

export function initialWork(seed: number): WorkState {
  return {
    session: initialSession(seed),
    kept: false,
    bundle: null,
    deployed: [],
    inWork: null,
    opening: null,
    openingProgress: null,
    progress: null,
    loading: false,
    fault: null,
    shown: null,
    toolInHand: 'ours',
    slice: null,
    place: null,
    sight: 'here',
    orientation: upright,
    inverted: undefined,
    previewed: null,
    layers: defaultSwitches,
    colours: meaning,
    target: null,
    writesTo: null,
    extent: null,
    hostHistory: { canUndo: false, canRedo: false },
    canExport: false,
    canStore: false,
    storing: false,
    follows: {
      inWork: { previous: false, next: false },
      inSegment: { previous: false, next: false },
    },
  };
}
