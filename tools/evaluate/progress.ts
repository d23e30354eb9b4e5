/** Counts what is done on standard error, with the time that is left. */
export class Progress {
  private done = 0;
  private readonly began = performance.now();
  private shown = this.began;

  constructor(
    private readonly total: number,
    private readonly what: string,
  ) {}

  step(): void {
    this.done++;
    const now = performance.now();
    if (this.done < this.total && now - this.shown < 5000) return;
    this.shown = now;
    const seconds = (now - this.began) / 1000;
    const left = (seconds / this.done) * (this.total - this.done);
    console.error(
      `${this.done} of ${this.total} ${this.what} in ${seconds.toFixed(0)} s, ${left.toFixed(0)} s left`,
    );
  }
}
