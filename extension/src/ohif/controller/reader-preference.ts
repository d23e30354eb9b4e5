import { priorPreference } from '../../core/preference/engine';
import type { SessionEvent } from '../../core/session/session';
import { learntPreference, type SessionState } from '../../core/session/session-state';
import type { LoadedBundle } from '../../inference/engine';
import type { ReaderMemory } from './reader-memory';
import type { WorkStore } from './work-store';

/**
 * The preference between the session and the reader's memory: kept whenever the session learns or forgets, and recalled for the session
 * when a bundle is ready, or when another page knows better.
 */
export class ReaderPreference {
  constructor(
    private readonly memory: ReaderMemory,
    private readonly state: WorkStore,
    private readonly tell: (event: SessionEvent) => void,
  ) {}

  /** Follows what other pages of the reader learn and forget. Returns the function that ends it. */
  watch(): () => void {
    return this.memory.onKeptElsewhere(
      () => this.state.now.bundle,
      () => this.recallAnew(),
    );
  }

  /** `changed`: by the user, in the middle of the work; `before` is the bundle known before. */
  bundleReady(bundle: LoadedBundle, before: LoadedBundle | null, changed: boolean): void {
    const { session } = this.state.now;
    const prior = priorPreference(bundle.network);
    const learnt = learntPreference(session);
    if (changed && before !== null && learnt !== null) this.memory.keep(before, learnt);
    const recalled = this.memory.recall(bundle, prior);
    if (changed) this.tell({ type: 'bundleSwitched', prior, recalled });
    else if (session.prior === null || before?.fingerprint !== bundle.fingerprint) {
      this.tell({ type: 'bundleLoaded', prior, recalled });
    }
    // The same bundle again (the mode was left and entered): what was learnt with it still holds, unless another page knows better.
    else this.recallAnew();
  }

  /** The session is about to become this one. */
  keep({ preference }: SessionState): void {
    const { bundle, session, kept } = this.state.now;
    if (bundle === null || preference === null || preference === session.preference) return;
    const keeps = this.memory.keep(bundle, preference);
    if (keeps !== kept) this.state.change({ kept: keeps });
  }

  /** Two pages of one reader, of which each would write over what the other has learnt. */
  private recallAnew(): void {
    const { bundle, session } = this.state.now;
    if (bundle === null || session.prior === null || !this.memory.remembers()) return;
    const preference = this.memory.recall(bundle, session.prior);
    // What is in work goes with it.
    if (preference === null) this.tell({ type: 'preferenceForgotten' });
    else if (JSON.stringify(preference) !== JSON.stringify(session.preference)) {
      this.tell({ type: 'preferenceRecalled', preference });
    }
  }
}
