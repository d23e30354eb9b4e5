import type { Later } from '../../extension/src/panel/one-per-frame';

/** Frames that the test lets pass. */
export class Frames {
  private readonly queue: (() => void)[] = [];

  readonly later: Later = work => {
    this.queue.push(work);
    return () => {
      const place = this.queue.indexOf(work);
      if (place >= 0) this.queue.splice(place, 1);
    };
  };

  get waiting(): number {
    return this.queue.length;
  }

  next(): void {
    this.queue.shift()?.();
  }

  /** Until nothing is left to do. */
  all(): void {
    while (this.waiting > 0) this.next();
  }
}
