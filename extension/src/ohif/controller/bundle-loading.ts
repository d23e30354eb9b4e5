import type { Engine, LoadedBundle, LoadProgress } from '../../inference/engine';

export interface LoadingListener {
  progressed(progress: LoadProgress): void;
  loaded(bundle: LoadedBundle): void;
  failed(error: unknown): void;
}

/** The first load of a bundle, of which nothing is heard any more once it was stopped. */
export class BundleLoading {
  private attempt = 0;

  constructor(
    private readonly engine: Engine,
    private readonly listener: LoadingListener,
  ) {}

  start(bundleUrl: string): void {
    const attempt = ++this.attempt;
    const tell = <T>(listen: (told: T) => void) => {
      return (told: T): void => {
        if (attempt === this.attempt) listen(told);
      };
    };
    const { listener } = this;
    this.engine
      .load(
        bundleUrl,
        tell(progress => listener.progressed(progress)),
      )
      .then(
        tell(bundle => listener.loaded(bundle)),
        tell(error => listener.failed(error)),
      );
  }

  /** Also ends the worker and frees its memory. */
  stop(): void {
    this.attempt++;
    this.engine.dispose();
  }
}
