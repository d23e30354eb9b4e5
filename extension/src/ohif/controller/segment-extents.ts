import type { SegmentExtent } from '../../core/image/segment-extent';
import type { Host } from '../host/host';
import { readExtent, type KnownPlaces } from '../segmentation/read-extent';
import type { ExistingTarget } from '../segmentation/target';
import type { WorkStore } from './work-store';

/** The host tells of every step of a brush: this long after the last one the segment is gone through, in ms. */
const STILL = 250;

/** Keeps the panel told how far the segment that Accept writes to reaches. */
export class SegmentExtents {
  private target: ExistingTarget | null = null;
  private readonly known: KnownPlaces = new Map();
  /** The latest request: what another one finds is not wanted any more. */
  private request = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: Host,
    private readonly state: WorkStore,
  ) {}

  /** Where Accept writes now. */
  follow(target: ExistingTarget | null): void {
    const { segmentationId, segmentIndex } = target ?? {};
    if (segmentationId === this.target?.segmentationId && segmentIndex === this.target?.segmentIndex) return;
    this.target = target;
    if (this.state.now.extent !== null) this.state.change({ extent: null });
    this.readSoon();
  }

  /** Something was drawn in a segmentation, or taken out of it. */
  changed(segmentationId: string): void {
    if (segmentationId === this.target?.segmentationId) this.readSoon();
  }

  private readSoon(): void {
    const request = ++this.request;
    clearTimeout(this.timer);
    const { target } = this;
    if (target === null) return;
    this.timer = setTimeout(() => void this.read(target, request), STILL);
  }

  /** The mode is left. */
  leave(): void {
    this.request++;
    clearTimeout(this.timer);
    this.target = null;
    this.known.clear();
  }

  private async read(target: ExistingTarget, request: number): Promise<void> {
    const isWanted = (): boolean => request === this.request;
    const pause = async (): Promise<boolean> => {
      await new Promise(resolve => setTimeout(resolve));
      return isWanted();
    };
    let extent: SegmentExtent | null = null;
    try {
      extent = await readExtent(this.host, target, this.known, pause);
    } catch (error) {
      // The work goes on without it: what is wrong with the images, Export says.
      console.warn('SPA: how far the segment reaches could not be read.', error);
    }
    if (isWanted()) this.state.change({ extent });
  }
}
