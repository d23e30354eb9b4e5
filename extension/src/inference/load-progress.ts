import type { LoadProgress } from './engine';

/** Bytes over several files, of which some are only known later. Reports no more often than the number of whole per cents changes. */
export class ProgressMeter {
  private loaded = 0;
  private total = 0;
  private reported = -1;

  constructor(private readonly report: (progress: LoadProgress) => void) {}

  expect(bytes: number): void {
    this.total += bytes;
  }

  /** `bytes` is negative when a file is loaded again. */
  arrive(bytes: number): void {
    this.loaded += bytes;
    const percent = Math.floor((100 * this.loaded) / Math.max(1, this.total));
    if (percent === this.reported) return;
    this.reported = percent;
    this.report({ loadedBytes: this.loaded, totalBytes: Math.max(this.total, this.loaded) });
  }
}
