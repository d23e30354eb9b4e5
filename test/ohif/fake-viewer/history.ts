import type { Cornerstone, Memo } from '../../../extension/src/ohif/host/cornerstone-types';

type HostHistory = NonNullable<Cornerstone['utilities']['HistoryMemo']>['DefaultHistoryMemo'];

/** What can be taken back, and made again. */
export class FakeHistory implements HostHistory {
  readonly memos: Memo[] = [];
  /** How many of them were taken back. */
  private takenBack = 0;

  push(memo: Memo): void {
    this.memos.push(memo);
  }

  get canUndo(): boolean {
    return this.memos.length > this.takenBack;
  }

  get canRedo(): boolean {
    return this.takenBack > 0;
  }

  undo(): void {
    this.takenBack++;
    this.memos.at(-this.takenBack)?.restoreMemo(true);
  }

  redo(): void {
    this.memos.at(-this.takenBack)?.restoreMemo(false);
    this.takenBack--;
  }
}
