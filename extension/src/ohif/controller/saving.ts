import { SpaError } from '../../core/error';
import type { Round } from '../../core/proposal/proposal';
import { canAccept, currentRound } from '../../core/session/session-state';
import type { LoadedBundle } from '../../inference/engine';
import { hostText, problems } from '../../text';
import type { Host } from '../host/host';
import type { ImagePlace } from '../host/image-place';
import { downloadSegmentation, storeSegmentation } from '../seg/export-segmentation';
import type { Later } from '../../panel/one-per-frame';
import { acceptMask } from '../segmentation/accept-mask';
import type { AcceptRequest } from '../segmentation/accept-request';
import type { Written, WrittenMask } from '../segmentation/written-mask';
import { algorithmName } from './algorithm-name';
import type { WorkStore } from './work-store';

/** How long a notice of a fault stays, in ms. */
const READ = 20_000;

/** What leaves the session: masks into the viewer's segmentation, and that as a file. Faults are shown, the session is kept. */
export class Saving {
  private accepting = false;
  /** How often the mode was left: what becomes known only then belongs to no panel any more. */
  private left = 0;
  /** Of segmentations that were stored in part. */
  private readonly storedPartly = new Set<string>();

  constructor(
    private readonly host: Host,
    private readonly state: WorkStore,
    private readonly later: Later,
    /** The bundle that proposed a round: another may be at work by now. */
    private readonly proposerOf: (round: Round) => LoadedBundle | null,
  ) {}

  /** The mode is left. */
  leave(): void {
    this.left++;
  }

  /** The accepted mask is being written. */
  get isWriting(): boolean {
    return this.accepting;
  }

  /**
   * Accepts the recommended mask of the round on show, and tells when and where it is written. A second call meanwhile does nothing.
   * `earlier`: what was accepted on an image before.
   */
  async accept(
    earlier: (imageId: string) => readonly WrittenMask[],
    tell: { accepted(written: Written): void; restored(undo: boolean): void },
  ): Promise<void> {
    const { session, place } = this.state.now;
    const round = currentRound(session);
    if (round === null || place === null || !canAccept(session) || this.accepting) return;
    this.accepting = true;
    const written = await this.write(place, {
      mask: round.proposal.recommended.mask,
      earlier: earlier(place.imageId),
      algorithm: algorithmName(this.proposerOf(round)),
      restored: undo => tell.restored(undo),
    });
    this.accepting = false;
    if (written !== null) tell.accepted(written);
  }

  /** Saves the active segmentation of the active viewport as a DICOM SEG file. */
  download(): Promise<void> {
    return this.save(downloadSegmentation);
  }

  /** Stores the active segmentation of the active viewport where the images came from. A second call meanwhile does nothing. */
  async store(): Promise<void> {
    if (this.state.now.storing) return;
    const { left } = this;
    const { uiNotificationService } = this.host.services;
    this.state.change({ storing: true });
    await this.save(async (...where) => {
      try {
        await storeSegmentation(...where, this.storedPartly);
      } catch (error) {
        if (left === this.left) throw error;
        // Without its remedy: there is no panel in which to press anything.
        const reason =
          error instanceof SpaError ? problems[error.code](error.details).message : String(error);
        return uiNotificationService?.show({ ...hostText.notStored(reason), type: 'error', duration: READ });
      }
      uiNotificationService?.show({ ...hostText.stored, type: 'success' });
    });
    if (left === this.left) this.state.change({ storing: false });
  }

  private async write(
    place: ImagePlace,
    made: Pick<AcceptRequest, 'mask' | 'earlier' | 'algorithm' | 'restored'>,
  ): Promise<Written | null> {
    const { left } = this;
    const pause = (): Promise<void> => new Promise(resolve => void this.later(resolve));
    try {
      return await acceptMask(this.host, { ...place, ...made, newLabel: hostText.newSegmentation, pause });
    } catch (error) {
      if (left === this.left) this.state.fail(error, 'none');
      return null;
    }
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
