import type { Round, Tendency } from '../../core/proposal/proposal';
import { learntPreference } from '../../core/session/session-state';
import type { WorkState } from './work-state';

/**
 * How the user draws can be told of a round only. What the last one told stands until the next one, as what was learnt does: else
 * the panel would name answers and show nothing of them between two structures.
 */
export class LastTendency {
  private told: { readonly model: string; readonly tendency: Tendency } | null = null;

  /** Null until a round told it of the model at work, and once what was learnt is forgotten. */
  of({ bundle, session }: WorkState, round: Round | null): Tendency | null {
    const answers = learntPreference(session)?.answers ?? 0;
    const model = bundle?.fingerprint;
    if (answers === 0 || this.told?.model !== model) this.told = null;
    // A round with the model before may still be on show.
    if (model === undefined || round === session.inherited) return this.told?.tendency ?? null;
    const tendency = round?.proposal.tendency ?? null;
    if (tendency === null) return this.told?.tendency ?? null;
    if (this.told?.tendency !== tendency) this.told = { model, tendency };
    return tendency;
  }
}
