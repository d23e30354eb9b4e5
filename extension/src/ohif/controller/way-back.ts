import { currentRound } from '../../core/session/session-state';
import type { Host } from '../host/host';
import type { ImagePlace } from '../host/image-place';
import { bringBack, type Return } from './sight';
import type { WorkStore } from './work-store';

/** An answer to masks that are not on the screen has to wait: their image comes back first, and nothing else happens. */
export class WayBack {
  /** The image of a proposal that is on its way back to the screen. */
  private place: ImagePlace | null = null;
  /** The one for which somebody waits. */
  private awaited: Return | null = null;

  constructor(
    private readonly host: Host,
    private readonly state: WorkStore,
    private readonly tell: {
      /** What the panel says of the host may be another. */
      changed(): void;
      /** The image is there. */
      back(): void;
    },
  ) {}

  /** Gives the answer if what it is about can be seen, or is nothing on this image; else brings that back. */
  onceSeen(answer: () => void): void {
    if (this.isUnderWay()) return;
    const { session, place, sight } = this.state.now;
    if (place === null || sight === 'here' || currentRound(session) === null) return answer();
    const back = bringBack(this.host, place);
    if (back === null) return this.tell.changed();
    this.state.change({ fault: null, place: back.place });
    this.place = back.place;
    this.awaited = back;
    void back.shown
      .then(
        () => this.tell.back(),
        (error: unknown) => {
          if (this.awaited === back) this.state.fail(error, 'none');
        },
      )
      .finally(() => {
        if (this.place === back.place) this.place = null;
        this.tell.changed();
      });
  }

  /** The viewport shows an image. */
  end(): void {
    this.place = null;
  }

  /** The mode is left. */
  leave(): void {
    this.end();
    this.awaited = null;
  }

  /** The host names an image as shown before it has it; where it names another by now, the user has paged on. */
  private isUnderWay(): boolean {
    if (this.place === null) return false;
    return this.host.viewport(this.place.viewportId)?.getCurrentImageId() === this.place.imageId;
  }
}
