import { reasonOf, SpaError } from '../../core/error';
import type { PanelIntents, PanelModel, PanelStore } from '../../panel/panel-model';
import { PanelView } from './panel-view';
import { initialWork, type Remedy, type WorkState } from './work-state';

/** Holds the work and tells the panel of every change. */
export class WorkStore {
  private readonly view = new PanelView();
  private readonly listeners = new Set<() => void>();
  private snapshot: PanelModel;
  private work: WorkState;

  constructor(seed: number) {
    this.work = initialWork(seed);
    this.snapshot = this.view.of(this.work);
  }

  get now(): WorkState {
    return this.work;
  }

  change(change: Partial<WorkState>): void {
    this.work = { ...this.work, ...change };
    this.snapshot = this.view.of(this.work);
    for (const listener of this.listeners) listener();
  }

  /** Shows a fault to the user, whatever was thrown; a cancelled request is none. */
  fail(error: unknown, remedy: Remedy): void {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    this.change({ fault: { error: error instanceof SpaError ? error : unexpected(error), remedy } });
  }

  forPanel(intents: PanelIntents): PanelStore {
    return {
      intents,
      getSnapshot: () => this.snapshot,
      subscribe: listener => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
  }
}

/** The user reads what it was; where it came from is for who mends it. */
function unexpected(error: unknown): SpaError {
  console.error('SPA: unexpected fault', error);
  const reason = reasonOf(error);
  return new SpaError('unexpected', { reason }, { cause: error });
}
