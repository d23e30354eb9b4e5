/** From the second press of a double click to the layout that the host changes for it, ms. */
const ANSWER_OF_HOST = 1500;

/**
 * The last press that was taken for a prompt at once. It may turn out to have been the first of a double click with which the host maximises
 * a viewport, and then it was no prompt. `Before`: how things stood before it.
 */
export class UnsurePress<Before> {
  private before: Before | null = null;
  private doubledAt = -Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Comes ahead of what the press leads to. */
  pressed({ detail }: MouseEvent): void {
    if (detail === 2) this.doubledAt = this.now();
    else {
      this.before = null;
      this.doubledAt = -Infinity;
    }
  }

  placed(before: Before): void {
    this.before = before;
  }

  /** How things stood before the press, if it was the first of a double click just now. Once. */
  takeIfDoubled(): Before | null {
    const { before } = this;
    if (before === null || this.now() - this.doubledAt > ANSWER_OF_HOST) return null;
    this.before = null;
    return before;
  }
}
