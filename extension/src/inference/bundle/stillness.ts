const TICK = 5000;
/**
 * A connection of which nothing came for so many ticks hangs, and may do so for ever. Not sooner: on a slow line the images of a study, which
 * were asked for before, come first.
 */
const MOST_TICKS = 24;

/**
 * Gives up what hears nothing for two minutes. Counted in ticks and not by the clock: a computer that was asleep has not waited, and what came
 * meanwhile is still to be read.
 */
export class Stillness {
  private readonly ending = new AbortController();
  private readonly ticking = setInterval(() => this.tick(), TICK);
  private ticks = 0;

  /** `outer`: what else gives it up. */
  constructor(private readonly outer: AbortSignal | undefined) {
    if (outer?.aborted === true) this.passOn();
    else outer?.addEventListener('abort', this.passOn);
  }

  /** Aborted after two minutes without `interrupt`, and with the outer signal. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Something was heard. */
  interrupt(): void {
    this.ticks = 0;
  }

  end(): void {
    clearInterval(this.ticking);
    this.outer?.removeEventListener('abort', this.passOn);
  }

  private readonly passOn = (): void => this.ending.abort(this.outer?.reason);

  private tick(): void {
    this.ticks++;
    if (this.ticks >= MOST_TICKS) {
      this.ending.abort(new Error(`nothing came for ${(MOST_TICKS * TICK) / 1000} s`));
    }
  }
}
