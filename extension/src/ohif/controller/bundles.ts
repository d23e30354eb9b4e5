import { reasonOf, SpaError } from '../../core/error';
import type { Engine, LoadedBundle } from '../../inference/engine';
import type { DeployedBundle } from './bundle-address';
import { BundleLoading } from './bundle-loading';
import type { WorkStore } from './work-store';

/** Which of the deployment's bundles is at work: the first load, and changing to another while the session goes on. */
export class Bundles {
  private readonly loading: BundleLoading;
  /** What the load on its way is for. */
  private wanted: DeployedBundle | null = null;

  constructor(
    engine: Engine,
    private readonly state: WorkStore,
    private readonly deployed: () => readonly [DeployedBundle, ...DeployedBundle[]],
    /** `changed`: by the user, in the middle of the work; `before` is the bundle known before. */
    private readonly ready: (bundle: LoadedBundle, before: LoadedBundle | null, changed: boolean) => void,
  ) {
    this.loading = new BundleLoading(engine, {
      progressed: progress => state.change(state.now.loading ? { progress } : { openingProgress: progress }),
      loaded: bundle => this.loaded(bundle),
      failed: error => this.failed(error),
    });
  }

  /** Loads the bundle that was at work last, or the deployment's first. */
  load(): void {
    const deployed = this.deployed();
    const { inWork } = this.state.now;
    const wanted = deployed.find(({ url }) => url === inWork) ?? this.wanted ?? deployed[0];
    this.state.change({ deployed, loading: true, progress: null, opening: null, fault: null });
    this.start(wanted);
  }

  /** Opens another of the bundles listed. Until it is ready the present one stays at work; without a present one it is loaded in its place. */
  change(index: number): void {
    const { deployed, inWork } = this.state.now;
    const wanted = deployed[index];
    if (wanted === undefined) return;
    if (wanted.url === inWork) return this.cancel();
    this.wanted = wanted;
    if (inWork === null) return this.load();
    this.state.change({ opening: wanted, openingProgress: null, fault: null });
    this.start(wanted);
  }

  /** Tries once more what failed last. */
  changeAgain(): void {
    const { deployed } = this.state.now;
    this.change(deployed.findIndex(({ url }) => url === this.wanted?.url));
  }

  /** Stays with the present bundle. */
  cancel(): void {
    this.loading.cancel();
    this.wanted = null;
    this.state.change({ opening: null, openingProgress: null });
  }

  /** Also ends the worker and frees its memory. */
  stop(): void {
    this.loading.stop();
    this.wanted = null;
  }

  private start(wanted: DeployedBundle): void {
    this.wanted = wanted;
    this.loading.start(wanted.url);
  }

  private loaded(bundle: LoadedBundle): void {
    const { now } = this.state;
    const changed = now.opening !== null;
    const inWork = this.wanted?.url ?? null;
    this.wanted = null;
    this.state.change({
      bundle,
      inWork,
      loading: false,
      progress: null,
      opening: null,
      openingProgress: null,
    });
    this.ready(bundle, now.bundle, changed);
  }

  private failed(error: unknown): void {
    const { opening, bundle } = this.state.now;
    this.state.change({ loading: false, opening: null, openingProgress: null });
    if (opening === null) return this.state.fail(error, 'load');
    this.state.fail(switchFailure(error, opening, bundle), 'switch');
  }
}

function switchFailure(error: unknown, wanted: DeployedBundle, present: LoadedBundle | null): SpaError {
  const { problem: reason, remedy } =
    error instanceof SpaError ? error : { problem: reasonOf(error), remedy: '' };
  return new SpaError(
    'switch-failed',
    {
      wanted: wanted.label,
      present: present === null ? '' : `${present.name} ${present.version}`,
      reason,
      remedy,
    },
    { cause: error },
  );
}
