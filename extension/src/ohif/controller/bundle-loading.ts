import type { Engine, LoadedBundle, LoadProgress } from '../../inference/engine';

export interface LoadingListener {
  progressed(progress: LoadProgress): void;
  loaded(bundle: LoadedBundle): void;
  failed(error: unknown): void;
}

/** One load of a bundle at a time, of which nothing is heard any more once it was stopped, cancelled or overtaken. */
export class BundleLoading {
  private running = new AbortController();

  constructor(
    private readonly engine: Engine,
    private readonly listener: LoadingListener,
  ) {}

  start(bundleUrl: string): void {
    // The engine itself stops a load that is overtaken.
    const running = (this.running = new AbortController());
    const tell = <T>(listen: (told: T) => void) => {
      return (told: T): void => {
        if (running === this.running && !running.signal.aborted) listen(told);
      };
    };
    const { listener } = this;
    this.engine
      .load(
        bundleUrl,
        tell(progress => listener.progressed(progress)),
        running.signal,
      )
      .then(
        tell(bundle => listener.loaded(bundle)),
        tell(error => listener.failed(error)),
      );
  }

  /** Gives up the load on its way; what was loaded before stays. */
  cancel(): void {
    this.running.abort();
  }

  /** Also ends the worker and frees its memory. */
  stop(): void {
    this.cancel();
    this.engine.dispose();
  }
}
