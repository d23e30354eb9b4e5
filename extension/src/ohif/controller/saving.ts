import { canAccept, currentRound } from '../../core/session';
import { hostText } from '../../text';
import type { Host } from '../host/host';
import { downloadSegmentation, storeSegmentation } from '../seg/export-segmentation';
import { acceptMask } from '../segmentation/accept-mask';
import { algorithmName } from './algorithm-name';
import type { WorkStore } from './work-store';

/** What leaves the session: masks into the viewer's segmentation, and that as a file. Faults are shown, the session is kept. */
export class Saving {
  private accepting = false;

  constructor(
    private readonly host: Host,
    private readonly state: WorkStore,
  ) {}

  /** Accepts the recommended mask of the round on show; tells `accepted` when it is written. A second call meanwhile does nothing. */
  async accept(accepted: () => void): Promise<void> {
    const { session, place, bundle, inheritedFrom } = this.state.now;
    const round = currentRound(session);
    if (round === null || place === null || !canAccept(session) || this.accepting) return;
    this.accepting = true;
    try {
      await acceptMask(this.host, {
        ...place,
        mask: round.proposal.recommended.mask,
        algorithm: algorithmName(round === session.inherited ? inheritedFrom : bundle),
        newLabel: hostText.newSegmentation,
      });
      accepted();
    } catch (error) {
      this.state.fail(error, 'none');
    } finally {
      this.accepting = false;
    }
  }

  /** Saves the active segmentation of the active viewport as a DICOM SEG file. */
  download(): Promise<void> {
    return this.save(downloadSegmentation);
  }

  /** Stores the active segmentation of the active viewport where the images came from. */
  store(): Promise<void> {
    return this.save(async (...where) => {
      await storeSegmentation(...where);
      this.host.services.uiNotificationService?.show({ ...hostText.stored, type: 'success' });
    });
  }

  private async save(save: typeof downloadSegmentation): Promise<void> {
    this.state.change({ fault: null });
    try {
      const viewportId = this.host.activeViewport()?.id ?? null;
      await save(this.host, viewportId, algorithmName(this.state.now.bundle));
    } catch (error) {
      this.state.fail(error, 'none');
    }
  }
}
