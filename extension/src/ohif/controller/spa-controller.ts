import { SpaError } from '../../core/error';
import { isSameOrientation } from '../../core/image/orientation';
import type { Slice } from '../../core/image/slice';
import type { Prompt } from '../../core/prompts/prompts';
import type { Round } from '../../core/proposal/proposal';
import { sessionReducer, type SessionEvent } from '../../core/session/session';
import { currentRound, visiblePrompts, type ToolMode } from '../../core/session/session-state';
import type { Engine, LoadedBundle } from '../../inference/engine';
import { leaveButton, listenToKeys } from '../../panel/keyboard';
import type { Later } from '../../panel/one-per-frame';
import type { PanelStore } from '../../panel/panel-model';
import type { Host } from '../host/host';
import type { ImagePlace } from '../host/image-place';
import { isShownInverted } from '../host/stack';
import { windowCorrection } from '../host/told-window';
import type { Colours } from '../../core/image/colours';
import { veilOverlays } from '../overlays/veil';
import { pressAtOnce } from '../tool/early-press';
import { orientationIn } from '../slice/orientation-in';
import { createSpaTool, type ToolClient } from '../tool/spa-tool';
import { showAccepted } from '../segmentation/show-in-stacks';
import { AcceptedMasks } from './accepted-masks';
import { Accepting } from './accepting';
import type { DeployedBundle } from './bundle-address';
import { Bundles } from './bundles';
import { shareHistory } from './history-commands';
import { describeHost, isSameDescription } from './host-description';
import { switchOffStatistics } from './host-statistics';
import { panelIntents, type Actions } from './intents';
import { Placing } from './placing';
import type { ReaderMemory } from './reader-memory';
import { ReaderPreference } from './reader-preference';
import { Rounds } from './rounds';
import { Saving } from './saving';
import { SegmentExtents } from './segment-extents';
import { SessionSteps } from './session-steps';
import { showStacks } from './show-stacks';
import { sliceAsSeen } from './slice-as-seen';
import { SliceView } from './slice-view';
import { watchLabels, watchLayout, watchServices, watchViewports } from './viewport-watch';
import { initialWork } from './work-state';
import { WayBack } from './way-back';
import { WorkStore } from './work-store';

export interface ControllerOptions {
  readonly host: Host;
  readonly engine: Engine;
  /** The deployment's bundles, asked for when the mode is entered; the first is loaded. */
  readonly bundles: () => readonly [DeployedBundle, ...DeployedBundle[]];
  readonly colours: () => Colours;
  readonly memory: ReaderMemory;
  /** Spreads what the viewer has to draw. */
  readonly later: Later;
  readonly seed: number;
}

/**
 * The work in the viewer, outside React: takes clicks and intents, keeps the session, runs the engine, draws overlays and markers, and
 * tells the panel. `enter` and `exit` bracket the time in which it listens; between them nothing of it is left in the host.
 */
export class SpaController implements ToolClient {
  private readonly state: WorkStore;
  private readonly rounds: Rounds;
  /** Which bundle proposed a round. */
  private readonly proposers = new WeakMap<Round, LoadedBundle>();
  private readonly bundles: Bundles;
  private readonly preference: ReaderPreference;
  private readonly placing: Placing;
  private readonly saving: Saving;
  private readonly acceptedMasks: AcceptedMasks;
  private readonly accepting: Accepting;
  private readonly wayBack: WayBack;
  private readonly steps: SessionSteps;
  private readonly extents: SegmentExtents;
  private present: { readonly view: SliceView; readonly leave: () => void } | null = null;
  readonly store: PanelStore;

  constructor(private readonly options: ControllerOptions) {
    const state = new WorkStore(options.seed);
    this.state = state;
    this.acceptedMasks = new AcceptedMasks();
    this.wayBack = new WayBack(options.host, state, {
      changed: () => this.describe(),
      back: () => this.show(),
    });
    this.saving = new Saving(options.host, state, options.later, round => this.proposers.get(round) ?? null);
    this.accepting = new Accepting(options.host, state, this.saving, this.acceptedMasks, {
      answered: event => this.answer(event),
      changed: () => this.describe(),
      // A click that came meanwhile is about the next structure.
      written: () => this.placing.placeWaiting(),
      begun: (...work) => this.begin(...work),
    });
    this.steps = new SessionSteps(options.host, state, {
      answered: event => this.answer(event),
      steppedInHost: () => this.describe(),
      isWriting: () => this.saving.isWriting,
    });
    this.extents = new SegmentExtents(options.host, state);
    this.rounds = new Rounds(options.engine, {
      proposed: (id, round) => {
        if (state.now.bundle !== null) this.proposers.set(round, state.now.bundle);
        this.dispatch({ type: 'roundProposed', id, round });
      },
      failed: (id, error) => {
        this.dispatch({ type: 'roundFailed', id });
        state.fail(error, isOtherBundle(error) ? 'load' : 'request');
      },
      mapped: () => this.show(),
      mapFailed: error => {
        state.change({ layers: { ...state.now.layers, uncertainty: false } });
        state.fail(error, isOtherBundle(error) ? 'load' : 'none');
      },
    });
    this.preference = new ReaderPreference(options.memory, state, event => this.dispatch(event));
    this.placing = new Placing(options.host, state, {
      isWriting: () => this.saving.isWriting,
      bundleMissing: () => this.bundles.load(),
      begun: (...work) => this.begin(...work),
      withdrawn: event => {
        this.dispatch(event);
        this.describe();
      },
    });
    this.bundles = new Bundles(options.engine, state, options.bundles, (...ready) => {
      this.preference.bundleReady(...ready);
      this.placing.placeWaiting();
    });
    this.store = state.forPanel(panelIntents(this.actions()));
  }

  /** Begins to listen and to load the bundle; a second call does not begin anew. */
  enter(): void {
    const { host, later } = this.options;
    // Always: the host may enter a mode twice, and forgets before the second time what was set for it.
    switchOffStatistics(host.services);
    if (this.present !== null) return;
    const colours = this.options.colours();
    this.state.change({ colours });
    const view = new SliceView(host, colours, work => later(() => this.tryTo(work)));
    const tool = createSpaTool(host.tools, id => host.viewport(id), this);
    host.tools.addTool(tool);
    const ends = [
      () => host.tools.removeTool(tool),
      veilOverlays(host.services.segmentationService),
      this.followViewports(view),
      watchLayout(host, () => this.placing.withdrawPress()),
      watchServices(host, () => {
        this.accepting.forgetGone();
        this.describe();
      }),
      watchLabels(host, id => this.extents.changed(id)),
      view.warmUp(),
      listenToKeys(document, this.store),
      this.preference.watch(),
      shareHistory(host.commands, this.steps),
    ];
    this.present = { view, leave: () => ends.forEach(end => end()) };
    this.describe();
    this.bundles.load();
  }

  /** Ends everything that `enter` began. What was learnt of the user stays, for the next patient. */
  exit(): void {
    if (this.present === null) return;
    this.rounds.stop();
    this.present.view.clear();
    this.present.leave();
    this.present = null;
    this.placing.leave();
    this.saving.leave();
    this.accepting.leave();
    this.wayBack.leave();
    this.extents.leave();
    this.bundles.stop();
    const { session, bundle, inWork, layers } = this.state.now;
    const left = sessionReducer(session, { type: 'sliceShown', slice: null });
    this.preference.keep(left);
    const { kept } = this.state.now;
    this.state.change({
      ...initialWork(this.options.seed),
      session: left,
      kept,
      bundle,
      inWork,
      layers,
    });
  }

  /** Stores the active segmentation where the images came from; a fault is shown in the panel. */
  storeSegmentation(): Promise<void> {
    return this.saving.store();
  }

  mode(): ToolMode {
    return this.state.now.session.tool;
  }

  prompts(viewportId: string): readonly Prompt[] {
    const { place, session } = this.state.now;
    const shown = this.options.host.viewport(viewportId)?.getCurrentImageId();
    return place !== null && shown === place.imageId ? visiblePrompts(session) : [];
  }

  place(viewportId: string, prompt: Prompt): void {
    if (this.present !== null) this.placing.place(viewportId, prompt);
  }

  private showAccepted(viewportId: string): void {
    if (this.present === null) return;
    showAccepted(this.options.host, viewportId).catch((error: unknown) => this.state.fail(error, 'none'));
  }

  /** Work on an image, or more work on the one that is in work. */
  private begin(place: ImagePlace, slice: Slice, event: SessionEvent): void {
    if (this.present === null) return;
    this.dispatch({ type: 'sliceShown', slice: place.imageId });
    const same = this.state.now.slice?.key === slice.key;
    this.state.change({ place, sight: 'here', ...(same ? {} : { slice }) });
    this.followLook();
    this.describe();
    this.dispatch(event);
  }

  /** An intent that goes to the session: whatever was wrong before is over with it. */
  private answer(event: SessionEvent): void {
    // Of the round whose mask is being written nothing can be changed any more.
    if (this.saving.isWriting) return;
    this.state.change({ fault: null });
    this.dispatch(event);
  }

  private onceSeen(answer: () => void): void {
    if (!this.saving.isWriting) this.wayBack.onceSeen(answer);
  }

  private dispatch(event: SessionEvent): void {
    const before = this.state.now.session;
    const session = sessionReducer(before, event);
    const moved = currentRound(session) !== currentRound(before);
    const { fault } = this.state.now;
    // Of a request that failed once nothing is left to be tried again.
    const isOver = fault?.remedy === 'request' && session.failed === null;
    // What was read there is there.
    if (event.type !== 'preferenceRecalled') this.preference.keep(session);
    this.state.change({
      session,
      ...(moved ? { previewed: null } : {}),
      ...(isOver ? { fault: null } : {}),
    });
    this.rounds.follow(session.pending, () => sliceAsSeen(this.options.host, this.state));
    this.show();
  }

  /** What the panel's intents come down to. */
  private actions(): Actions {
    const { state } = this;
    return {
      answer: event => this.answer(event),
      choose: candidate => this.onceSeen(() => this.answer({ type: 'candidateChosen', candidate })),
      undo: () => this.steps.anywhere('undo'),
      redo: () => this.steps.anywhere('redo'),
      switchLayers: change => {
        state.change({ layers: { ...state.now.layers, ...change } });
        this.show();
      },
      preview: candidate => {
        if (state.now.previewed === candidate) return;
        state.change({ previewed: candidate });
        this.show();
      },
      selectTool: tool => {
        this.dispatch({ type: 'toolSelected', tool });
        this.options.host.commands.run('spaActivateTool');
      },
      scaleFieldOfView: factor => {
        const { slice } = state.now;
        if (slice !== null) this.answer({ type: 'fieldOfViewScaled', factor, grid: slice });
      },
      retry: () => this.retry(),
      accept: () => this.onceSeen(() => void this.accepting.accept()),
      follow: direction => this.onceSeen(() => void this.accepting.follow(direction)),
      exportSegmentation: () => void this.saving.download(),
      storeSegmentation: () => void this.saving.store(),
      switchBundle: index => this.bundles.change(index),
      cancelSwitch: () => this.bundles.cancel(),
    };
  }

  /** Returns the function that ends it. */
  private followViewports(view: SliceView): () => void {
    const { host, later } = this.options;
    const correctWindow = windowCorrection();
    const inWork = (viewportId: string): boolean => this.state.now.place?.viewportId === viewportId;
    return watchViewports(host, {
      imageLeaving: id => {
        if (!inWork(id)) return;
        view.clear();
        // The next image can take a while to come; nothing of the proposal is to be seen from now on.
        if (this.state.now.sight === 'here') this.state.change({ sight: 'elsewhere' });
      },
      imageShown: id => {
        if (inWork(id)) this.wayBack.end();
        this.describe();
        if (inWork(id)) this.show();
      },
      // After the host has shown again what it remembers.
      imagesSet: id => later(() => this.showAccepted(id)),
      imageRendered: id => {
        if (!inWork(id)) return;
        view.drawMarkers(id);
        this.followLook();
      },
      viewportGone: id => {
        if (inWork(id)) view.clear();
        // The host still knows it while it tells of its end.
        queueMicrotask(() => this.describe());
      },
      windowTold: (id, window) => {
        const viewport = host.viewport(id);
        if (viewport !== null) correctWindow(viewport, window);
      },
      // A press into another viewport activates it: what else it means, the host decides.
      pressed: (id, press) => {
        leaveButton();
        this.placing.pressed(press);
        if (host.activeViewport()?.id === id) pressAtOnce(host.tools, id, press);
      },
    });
  }

  private retry(): void {
    const { fault } = this.state.now;
    this.state.change({ fault: null });
    if (fault?.remedy === 'load') this.bundles.load();
    else if (fault?.remedy === 'switch') this.bundles.changeAgain();
    else if (fault?.remedy === 'request') this.dispatch({ type: 'retried' });
    else if (fault?.remedy === 'stack') showStacks(this.options.host);
  }

  /** What the panel says of the host: the image shown, where Accept writes, whether there is something to export. */
  private describe(): void {
    if (this.present === null) return;
    const { place, session } = this.state.now;
    const isFree = currentRound(session) === null && session.pending === null;
    const description = describeHost(this.options.host, place, isFree);
    // The host tells of every step of a brush, of which most change nothing here.
    if (isSameDescription(description, this.state.now)) return;
    this.extents.follow(description.writesTo);
    const { fault } = this.state.now;
    const isUnlocked = fault?.error.code === 'segment-locked' && description.target !== 'locked';
    this.state.change({ ...description, ...(isUnlocked ? { fault: null } : {}) });
  }

  /** The user may turn, mirror or invert the image at any time; of that the host tells by drawing it again. */
  private followLook(): void {
    const { place, orientation, inverted } = this.state.now;
    const viewport = place === null ? null : this.options.host.viewport(place.viewportId);
    if (viewport === null || viewport.getCurrentImageId() !== place?.imageId) return;
    const now = { orientation: orientationIn(viewport), inverted: isShownInverted(viewport) };
    if (!isSameOrientation(now.orientation, orientation) || now.inverted !== inverted) this.state.change(now);
  }

  private show(): void {
    if (this.present === null) return;
    const { session, layers, slice } = this.state.now;
    const round = currentRound(session);
    // The bundle at work cannot tell what another was unsure of.
    this.rounds.wantMap(layers.uncertainty && round !== session.inherited ? round : null, slice);
    const { view } = this.present;
    this.tryTo(() => view.draw(this.state.now, round, this.rounds.map(round)));
  }

  /** What fails in drawing is told in the panel. */
  private tryTo(draw: () => void): void {
    try {
      draw();
    } catch (error) {
      this.state.fail(error, 'none');
    }
  }
}

/** The bundle at work is no longer the one that the engine has. */
function isOtherBundle(error: unknown): boolean {
  return error instanceof SpaError && error.code === 'bundle-changed';
}
