import type { SessionEvent } from '../../core/session/session';
import { canRedo, canUndo, keepsHistory } from '../../core/session/session-state';
import type { Host } from '../host/host';
import type { SessionHistory } from './history-commands';
import type { WorkStore } from './work-store';

const sessionSteps = {
  undo: { event: { type: 'undone' }, isPossible: canUndo },
  redo: { event: { type: 'redone' }, isPossible: canRedo },
} as const;
type Step = keyof typeof sessionSteps;

/**
 * Undo and Redo: steps of the session first, then those of the host's own history, in which an accepted mask is one like the strokes of its
 * brush.
 */
export class SessionSteps implements SessionHistory {
  constructor(
    private readonly host: Host,
    private readonly state: WorkStore,
    private readonly tell: {
      answered(event: SessionEvent): void;
      /** What the host's history holds may be another. */
      steppedInHost(): void;
      /** A mask is being written: it is not in the history yet. */
      isWriting(): boolean;
    },
  ) {}

  undo(): boolean {
    return this.take('undo');
  }

  redo(): boolean {
    return this.take('redo');
  }

  /** For who does not come from the host's own command. */
  anywhere(step: Step): void {
    if (this.take(step) || this.tell.isWriting()) return;
    const { commands } = this.host;
    if (commands.getCommand(step) === undefined) return;
    commands.run(step);
    this.tell.steppedInHost();
  }

  /** Returns whether the step was one of the session's, if only in that the host must not take one of its own. */
  private take(step: Step): boolean {
    const { event, isPossible } = sessionSteps[step];
    const { session } = this.state.now;
    if (!isPossible(session)) return keepsHistory(session);
    this.tell.answered(event);
    return true;
  }
}
