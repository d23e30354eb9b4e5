import { SpaError } from '../../core/error';
import type { Prompt } from '../../core/prompts';
import { priorPreference } from '../../core/preference/engine';
import {
  canAccept,
  canRedo,
  canUndo,
  currentRound,
  sessionReducer,
  visiblePrompts,
  type SessionEvent,
  type SessionState,
  type ToolMode,
} from '../../core/session';
import type { Slice } from '../../core/slice';
import type { Engine, LoadedBundle } from '../../inference/engine';
import { listenToKeys } from '../../panel/keyboard';
import type { PanelIntents, PanelModel, PanelStore } from '../../panel/panel-model';
import { hostText } from '../../text';
import type { Host } from '../host/host';
import type { LayerSwitches, OverlayColours } from '../overlays/appearance';
import { Overlays } from '../overlays/overlays';
import { veilOverlays } from '../overlays/veil';
import { isInside } from '../pixel-position';
import { readSlice } from '../read-slice';
import { acceptMask } from '../segmentation/accept-mask';
import { exportSegmentation } from '../seg/export-segmentation';
import { createSpaTool, type ToolClient } from '../spa-tool';
import { algorithmName } from './algorithm-name';
import { shareHistory } from './history-commands';
import { describeHost } from './host-description';
import { PanelView } from './panel-view';
import { Rounds } from './rounds';
import { watchServices, watchViewports } from './viewport-watch';
import { initialWork, type Remedy, type WorkState } from './work-state';

export interface ControllerOptions {
  readonly host: Host;
  readonly engine: Engine;
  /** Address of the bundle, asked for when the mode is entered. */
  readonly bundleUrl: () => string;
  readonly colours: () => OverlayColours;
  readonly seed: number;
}

/** A click that came before the bundle: placed as soon as it is there, if the image is still the same. */
interface WaitingPrompt {
  readonly viewportId: string;
  readonly imageId: string;
  readonly prompt: Prompt;
}

/**
 * The work in the viewer, outside React: takes clicks and intents, keeps the session, runs the engine, draws overlays and markers, and
 * tells the panel. `enter` and `exit` bracket the time in which it listens; between them nothing of it is left in the host.
 */
export class SpaController implements ToolClient {
  private work: WorkState;
  private snapshot: PanelModel;
  private readonly view = new PanelView();
  private readonly listeners = new Set<() => void>();
  private readonly rounds: Rounds;
  private overlays: Overlays | null = null;
  private leave: (() => void) | null = null;
  private waiting: WaitingPrompt | null = null;
  private accepting = false;
  readonly store: PanelStore;

  constructor(private readonly options: ControllerOptions) {
    this.work = initialWork(options.seed);
    this.snapshot = this.view.of(this.work);
    this.rounds = new Rounds(options.engine, {
      proposed: (id, round) => this.dispatch({ type: 'roundProposed', id, round }),
      failed: (id, error) => {
        this.dispatch({ type: 'roundFailed', id });
        this.fail(error, 'request');
      },
      mapped: () => this.show(),
      mapFailed: error => {
        this.change({ layers: { ...this.work.layers, uncertainty: false } });
        this.fail(error, 'none');
      },
    });
    this.store = {
      getSnapshot: () => this.snapshot,
      subscribe: listener => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      intents: this.intents(),
    };
  }

  get isEntered(): boolean {
    return this.leave !== null;
  }

  /** Begins to listen and to load the bundle; a second call changes nothing. */
  enter(): void {
    if (this.leave !== null) return;
    const { host } = this.options;
    this.overlays = new Overlays(host, this.options.colours());
    const tool = createSpaTool(host.tools, id => host.viewport(id), this);
    host.tools.addTool(tool);
    const ends = [
      () => host.tools.removeTool(tool),
      veilOverlays(host.services.segmentationService),
      watchViewports(host, {
        imageLeaving: viewportId => this.hideIn(viewportId),
        imageShown: viewportId => this.imageShown(viewportId),
        viewportGone: viewportId => this.hideIn(viewportId),
      }),
      watchServices(host, () => this.describe()),
      listenToKeys(document, this.store),
      shareHistory(host.commands, {
        undo: () => this.step('undone', canUndo),
        redo: () => this.step('redone', canRedo),
      }),
    ];
    this.leave = () => ends.forEach(end => end());
    this.describe();
    this.load();
  }

  /** Ends everything that `enter` began. What was learnt of the user stays, for the next patient. */
  exit(): void {
    if (this.leave === null) return;
    this.rounds.stop();
    this.overlays?.clear();
    this.overlays = null;
    this.leave();
    this.leave = null;
    this.waiting = null;
    this.options.engine.dispose();
    const session = sessionReducer(this.work.session, { type: 'sliceShown', slice: null });
    const fresh = initialWork(this.options.seed);
    this.work = { ...fresh, session, bundle: this.work.bundle, layers: this.work.layers };
    this.publish();
  }

  mode(): ToolMode {
    return this.work.session.tool;
  }

  prompts(viewportId: string): readonly Prompt[] {
    const { place, session } = this.work;
    const shown = this.options.host.viewport(viewportId)?.getCurrentImageId();
    return place !== null && shown === place.imageId ? visiblePrompts(session) : [];
  }

  place(viewportId: string, prompt: Prompt): void {
    this.attempt('none', () => {
      const { host } = this.options;
      const viewport = host.viewport(viewportId);
      const slice = readSlice(host.cornerstone, viewport);
      const imageId = viewport?.getCurrentImageId();
      if (!imageId) throw new SpaError('no-image');
      const positions =
        prompt.kind === 'point' ? [prompt.at] : prompt.kind === 'box' ? [prompt.from] : prompt.points;
      if (!positions.every(position => isInside(position, slice))) throw new SpaError('prompt-outside');
      this.change({ fault: null });
      if (this.work.session.prior === null) {
        this.waiting = { viewportId, imageId, prompt };
        if (!this.work.loading) this.load();
        return;
      }
      this.dispatch({ type: 'sliceShown', slice: imageId });
      const same = this.work.slice?.key === slice.key;
      this.change({ place: { viewportId, imageId }, ...(same ? {} : { slice }) });
      this.dispatch({ type: 'promptPlaced', prompt });
    });
  }

  private intents(): PanelIntents {
    const layer = (change: Partial<LayerSwitches>): void => {
      this.change({ layers: { ...this.work.layers, ...change } });
      this.show();
    };
    return {
      accept: () => void this.accept(),
      cancel: () => this.answer({ type: 'cancelled' }),
      choose: candidate => this.answer({ type: 'candidateChosen', candidate }),
      preview: candidate => {
        if (this.work.previewed === candidate) return;
        this.change({ previewed: candidate });
        this.show();
      },
      undo: () => this.answer({ type: 'undone' }),
      redo: () => this.answer({ type: 'redone' }),
      clear: () => this.answer({ type: 'cleared' }),
      forget: () => this.answer({ type: 'preferenceForgotten' }),
      retry: () => this.retry(),
      dismissProblem: () => this.answer({ type: 'problemDismissed' }),
      setTool: tool => {
        this.dispatch({ type: 'toolSelected', tool });
        this.options.host.commands.run('spaActivateTool');
      },
      setLayer: (name, visible) => layer({ [name]: visible }),
      setOpacity: opacity => layer({ opacity: Math.min(1, Math.max(0, opacity)) }),
      scaleFieldOfView: factor => {
        const { slice } = this.work;
        if (slice !== null) this.answer({ type: 'fieldOfViewScaled', factor, grid: slice });
      },
      exportSegmentation: () => void this.export(),
    };
  }

  private step(type: 'undone' | 'redone', isPossible: (session: SessionState) => boolean): boolean {
    if (!isPossible(this.work.session)) return false;
    this.answer({ type });
    return true;
  }

  /** An intent that goes to the session: whatever was wrong before is over with it. */
  private answer(event: SessionEvent): void {
    this.change({ fault: null });
    this.dispatch(event);
  }

  private dispatch(event: SessionEvent): void {
    const session = sessionReducer(this.work.session, event);
    const moved = currentRound(session) !== currentRound(this.work.session);
    this.change({ session, ...(moved ? { previewed: null } : {}) });
    this.rounds.follow(session.pending, () => this.currentSlice());
    this.show();
  }

  /** The slice in work with the window in which it is seen now; as it was last seen while another image is shown. */
  private currentSlice(): Slice | null {
    const { host } = this.options;
    const { place, slice } = this.work;
    const viewport = place === null ? null : host.viewport(place.viewportId);
    if (viewport === null || viewport.getCurrentImageId() !== place?.imageId) return slice;
    const present = readSlice(host.cornerstone, viewport);
    if (present.key === slice?.key) return slice;
    this.change({ slice: present });
    return present;
  }

  private retry(): void {
    const { fault } = this.work;
    this.change({ fault: null });
    if (fault?.remedy === 'load') this.load();
    else this.dispatch({ type: 'retried' });
  }

  private load(): void {
    const { engine, bundleUrl } = this.options;
    this.change({ loading: true, progress: null });
    const stillHere = (): boolean => this.leave !== null;
    engine
      .load(bundleUrl(), progress => {
        if (stillHere()) this.change({ progress });
      })
      .then(
        bundle => {
          if (stillHere()) this.loaded(bundle);
        },
        (error: unknown) => {
          if (!stillHere()) return;
          this.change({ loading: false });
          this.fail(error, 'load');
        },
      );
  }

  private loaded(bundle: LoadedBundle): void {
    const known = this.work.bundle;
    this.change({ bundle, loading: false, progress: null });
    // The same bundle again (the mode was left and entered): what was learnt with it still holds.
    if (this.work.session.prior === null || known?.name !== bundle.name || known.version !== bundle.version) {
      this.dispatch({ type: 'bundleLoaded', prior: priorPreference(bundle.network) });
    }
    const { waiting } = this;
    this.waiting = null;
    if (waiting === null) return;
    const shown = this.options.host.viewport(waiting.viewportId)?.getCurrentImageId();
    if (shown === waiting.imageId) this.place(waiting.viewportId, waiting.prompt);
  }

  private async accept(): Promise<void> {
    const { host } = this.options;
    const { session, place, bundle, slice } = this.work;
    const round = currentRound(session);
    if (round === null || place === null || slice === null || !canAccept(session) || this.accepting) return;
    this.accepting = true;
    try {
      await acceptMask(host, {
        ...place,
        mask: round.proposal.recommended.mask,
        algorithm: { name: algorithmName(bundle) },
        newLabel: hostText.newSegmentation,
      });
      this.answer({ type: 'accepted' });
    } catch (error) {
      this.fail(error, 'none');
    } finally {
      this.accepting = false;
      this.describe();
    }
  }

  private async export(): Promise<void> {
    const { host } = this.options;
    const viewport = host.activeViewport();
    try {
      this.change({ fault: null });
      await exportSegmentation(host, viewport?.id ?? null, algorithmName(this.work.bundle));
    } catch (error) {
      this.fail(error, 'none');
    }
  }

  private attempt(remedy: Remedy, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.fail(error, remedy);
    }
  }

  private fail(error: unknown, remedy: Remedy): void {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    const known =
      error instanceof SpaError
        ? error
        : new SpaError(
            'unexpected',
            { reason: error instanceof Error ? error.message : String(error) },
            { cause: error },
          );
    this.change({ fault: { error: known, remedy } });
  }

  private hideIn(viewportId: string): void {
    if (this.work.place?.viewportId === viewportId) this.overlays?.clear();
  }

  private imageShown(viewportId: string): void {
    this.describe();
    if (this.work.place?.viewportId === viewportId) this.show();
  }

  /** What the panel says of the host: the image shown, where Accept writes, whether there is something to export. */
  private describe(): void {
    if (this.leave === null) return;
    this.change(describeHost(this.options.host, this.work.place));
  }

  /** Draws overlays and markers of the round on show, where its image is to be seen. */
  private show(): void {
    const { host } = this.options;
    const { session, place, layers, previewed, slice } = this.work;
    if (place === null || this.overlays === null) return;
    const round = currentRound(session);
    this.rounds.wantMap(layers.uncertainty ? round : null, slice);
    const isShown = host.viewport(place.viewportId)?.getCurrentImageId() === place.imageId;
    if (round === null || !isShown) this.overlays.clear();
    else {
      this.overlays.draw({
        place,
        recommended: round.proposal.recommended.mask,
        candidates: round.proposal.candidates.map(candidate => candidate.mask),
        uncertainty: this.rounds.map(round),
        switches: layers,
        previewed,
      });
    }
    if (isShown) host.tools.utilities.triggerAnnotationRenderForViewportIds([place.viewportId]);
  }

  private change(change: Partial<WorkState>): void {
    this.work = { ...this.work, ...change };
    this.publish();
  }

  private publish(): void {
    this.snapshot = this.view.of(this.work);
    for (const listener of this.listeners) listener();
  }
}
