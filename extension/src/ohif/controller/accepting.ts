import type { Slice } from '../../core/image/slice';
import type { SessionEvent } from '../../core/session/session';
import { currentRound } from '../../core/session/session-state';
import type { Direction } from '../../panel/panel-model';
import type { Host } from '../host/host';
import type { ImagePlace } from '../host/image-place';
import { readSlice } from '../slice/read-slice';
import type { AcceptedMask, AcceptedMasks } from './accepted-masks';
import { stepBeside, structureAt } from './following';
import { placeOnShow } from './host-description';
import type { Saving } from './saving';
import { bringBack, sightOf, type Return } from './sight';
import type { WorkStore } from './work-store';

export interface AcceptingListener {
  /** The session is to hear of it. */
  answered(event: SessionEvent): void;
  /** What was accepted on an image, and with that where it can be followed to, is another. */
  changed(): void;
  /** Nothing is being written any more. */
  written(): void;
  /** Work on another image, which is on show: `event` is the first that the session is to hear of it. */
  begun(place: ImagePlace, slice: Slice, event: SessionEvent): void;
}

/** Accepts proposals, and goes on from them to the image beside. */
export class Accepting {
  /** How often the mode was left: what was on its way then is not gone on with, even if it has been entered again. */
  private left = 0;

  constructor(
    private readonly host: Host,
    private readonly state: WorkStore,
    private readonly saving: Saving,
    private readonly acceptedMasks: AcceptedMasks,
    private readonly listener: AcceptingListener,
  ) {}

  /** The mode is left. */
  leave(): void {
    this.left++;
    this.acceptedMasks.forgetAll();
  }

  /** The host has changed: masks of a segment that is gone count no longer, for another one may be given its number. */
  forgetGone(): void {
    this.acceptedMasks.forgetWhere(
      ({ segmentationId, segmentIndex }) =>
        !this.host.services.segmentationService.getSegmentation(segmentationId)?.segments[segmentIndex],
    );
  }

  async accept(): Promise<void> {
    const { listener, left } = this;
    const { session, place } = this.state.now;
    const number = session.accepted + 1;
    const mask = currentRound(session)?.proposal.recommended.mask ?? null;
    let accepted: AcceptedMask | null = null;
    await this.saving.accept(imageId => this.acceptedMasks.on(imageId), {
      accepted: written => {
        listener.answered({ type: 'accepted' });
        if (place === null || mask === null || left !== this.left) return;
        accepted = { imageId: place.imageId, mask, ...written };
        this.acceptedMasks.remember(accepted);
        listener.changed();
      },
      restored: undo => {
        const event = { type: undo ? 'acceptanceTakenBack' : 'acceptanceMadeAgain', number } as const;
        if (accepted === null || place === null || left !== this.left) return listener.answered(event);
        if (undo) this.acceptedMasks.takeBack(accepted);
        else this.acceptedMasks.remember(accepted);
        this.restored(place, event);
      },
    });
    if (!this.saving.isWriting) listener.written();
  }

  /** The host's history took a mask back, or wrote it again. Who works on nothing else is to see it: its image comes back. */
  private restored(place: ImagePlace, event: SessionEvent): void {
    const { slice } = this.state.now.session;
    // Also where it is on show by chance, while the last work was on another one.
    const isUnseen = this.isFree() && (slice !== place.imageId || sightOf(this.host, place) !== 'here');
    const back = isUnseen ? bringBack(this.host, place) : null;
    if (back !== null) return void this.restoredOn(back, event);
    this.listener.answered(event);
    this.listener.changed();
  }

  private async restoredOn(back: Return, event: SessionEvent): Promise<void> {
    const { left, listener } = this;
    try {
      await back.shown;
      const viewport = this.host.viewport(back.place.viewportId);
      const isBack = viewport?.getCurrentImageId() === back.place.imageId;
      if (left !== this.left) return;
      if (!isBack || !this.isFree()) listener.answered(event);
      else {
        const slice = readSlice(this.host.cornerstone, viewport);
        // A click that the image came too late for.
        this.state.change({ fault: null });
        listener.begun(back.place, slice, event);
      }
    } catch (error) {
      if (left !== this.left) return;
      listener.answered(event);
      this.state.fail(error, 'none');
    }
    listener.changed();
  }

  /** Accepts what is proposed, shows the image beside it, and has the same structure proposed there. */
  async follow(direction: Direction): Promise<void> {
    const { left, listener } = this;
    const proposed = currentRound(this.state.now.session)?.proposal.recommended.mask ?? null;
    const from = proposed === null ? placeOnShow(this.host) : this.state.now.place;
    if (proposed !== null) await this.accept();
    // It could not be written, or a click that came meanwhile is about something else.
    if (left !== this.left || !this.isFree() || from === null) return;
    this.state.change({ fault: null });
    try {
      const step = stepBeside(
        this.host,
        from,
        direction,
        proposed ?? structureAt(this.host, this.acceptedMasks, from),
      );
      // The viewer names that image as shown before it has it: there is nothing to follow any more.
      listener.changed();
      const followed = await step;
      if (left !== this.left) return;
      // Null, or the user has clicked without waiting for it.
      if (followed === null || !this.isFree()) return listener.changed();
      // A click that the image came too late for.
      this.state.change({ fault: null });
      const { place, slice, mask } = followed;
      listener.begun(place, slice, { type: 'structureFollowed', mask });
    } catch (error) {
      if (left === this.left) this.state.fail(error, 'none');
    }
  }

  /** Nothing is proposed, on its way or being written. */
  private isFree(): boolean {
    const { session } = this.state.now;
    return currentRound(session) === null && session.pending === null && !this.saving.isWriting;
  }
}
