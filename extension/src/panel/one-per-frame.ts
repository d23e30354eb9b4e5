/** Does a piece of work later; returns the function that calls it off. */
export type Later = (work: () => void) => () => void;

/** A page in the background draws no frames; its work goes on at this pace, in ms. Far more than a slow renderer needs for a frame. */
const WITHOUT_FRAMES = 1000;

/**
 * At most one piece of work for every frame that the browser draws, in the order in which they were asked for, each in a task of its own:
 * however much there is to do, input is answered in between.
 */
export class FrameQueue {
  private readonly queue: (() => void)[] = [];
  private isRunning = false;

  readonly later: Later = work => {
    this.queue.push(work);
    if (!this.isRunning) this.waitForFrame();
    return () => {
      const place = this.queue.indexOf(work);
      if (place >= 0) this.queue.splice(place, 1);
    };
  };

  private waitForFrame(): void {
    this.isRunning = true;
    let isDue = false;
    const due = (): void => {
      if (isDue) return;
      isDue = true;
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      // Not in the frame itself: what the page draws in it belongs to the same task.
      setTimeout(() => this.work());
    };
    const timer = setTimeout(due, WITHOUT_FRAMES);
    const frame = requestAnimationFrame(due);
  }

  private work(): void {
    this.isRunning = false;
    const work = this.queue.shift();
    if (this.queue.length > 0) this.waitForFrame();
    work?.();
  }
}

/** The page has one screen: panel and overlays share its frames. */
export const onePerFrame: Later = new FrameQueue().later;
