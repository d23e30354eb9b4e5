import { SpaError } from '../../core/error';
import type { Slice } from '../../core/image/slice';
import { clipPrompt } from '../../core/prompts/clip-prompt';
import type { Prompt } from '../../core/prompts/prompts';
import type { SessionEvent } from '../../core/session/session';
import type { Host } from '../host/host';
import type { ImagePlace } from '../host/image-place';
import { stopClip } from '../host/stop-clip';
import { readSlice } from '../slice/read-slice';
import { UnsurePress } from './unsure-press';
import type { WorkState } from './work-state';
import type { WorkStore } from './work-store';

/** A prompt that came before the bundle, or while an accepted mask was written. */
interface WaitingPrompt {
  readonly viewportId: string;
  readonly imageId: string;
  readonly prompt: Prompt;
}

export interface PlacingListener {
  /** An accepted mask is being written: what is drawn meanwhile is about the next structure. */
  isWriting(): boolean;
  /** A prompt waits for a bundle, and none is on its way. */
  bundleMissing(): void;
  /** The session is to hear of a prompt on `slice`, which lies at `place`. */
  begun(place: ImagePlace, slice: Slice, event: SessionEvent): void;
  /** The last prompt was not meant. */
  withdrawn(event: SessionEvent): void;
}

/** How things stood before a press. */
interface Before {
  readonly work: WorkState;
  readonly waiting: WaitingPrompt | null;
}

/** From what is drawn in a viewport to a prompt of the session: on the image that is shown, at once or as soon as it can be answered. */
export class Placing {
  /** Of several the last: it is placed if its image is still the one shown by then. */
  private waiting: WaitingPrompt | null = null;
  private readonly unsurePress = new UnsurePress<Before>();

  constructor(
    private readonly host: Host,
    private readonly state: WorkStore,
    private readonly listener: PlacingListener,
  ) {}

  /** `drawn`: in pixel coordinates of the image that the viewport shows. Why it cannot be placed is shown as a fault. */
  place(viewportId: string, drawn: Prompt): void {
    this.unsurePress.placed({ work: this.state.now, waiting: this.waiting });
    try {
      this.placeOn(viewportId, drawn);
    } catch (error) {
      const isVolume = error instanceof SpaError && error.code === 'plane-unsupported';
      this.state.fail(error, isVolume ? 'stack' : 'none');
    }
  }

  /** The left button goes down in a viewport, ahead of what that leads to. */
  pressed(press: MouseEvent): void {
    this.unsurePress.pressed(press);
  }

  /** The host has maximised a viewport, or laid them all out again: if it did so for a double click, its first press was no prompt. */
  withdrawPress(): void {
    const before = this.unsurePress.takeIfDoubled();
    if (before === null) return;
    const { session, place, slice, fault } = before.work;
    this.waiting = before.waiting;
    this.state.change({ place, slice, fault });
    this.listener.withdrawn({ type: 'promptWithdrawn', before: session });
  }

  /** The bundle is there, or the mask is written: nothing has to wait any more. */
  placeWaiting(): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting === null) return;
    const shown = this.host.viewport(waiting.viewportId)?.getCurrentImageId();
    if (shown === waiting.imageId) this.place(waiting.viewportId, waiting.prompt);
  }

  /** The mode is left. */
  leave(): void {
    this.waiting = null;
  }

  private placeOn(viewportId: string, drawn: Prompt): void {
    const { host, listener } = this;
    const viewport = host.viewport(viewportId);
    const slice = readSlice(host.cornerstone, viewport);
    const imageId = viewport?.getCurrentImageId();
    if (!viewport || !imageId) throw new SpaError('no-image');
    const prompt = clipPrompt(drawn, slice);
    if (prompt === null) throw new SpaError('prompt-outside');
    stopClip(host, viewport);
    this.state.change({ fault: null });
    const { session, loading } = this.state.now;
    const hasBundle = session.prior !== null;
    if (!hasBundle || listener.isWriting()) {
      this.waiting = { viewportId, imageId, prompt };
      if (!hasBundle && !loading) listener.bundleMissing();
      return;
    }
    listener.begun({ viewportId, imageId }, slice, { type: 'promptPlaced', prompt });
  }
}
