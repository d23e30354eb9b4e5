import type { Services } from '../../../extension/src/ohif/host/host-types';
import { VIEWPORT } from './viewport';

/** The player of clips: what its button shows, and whether images go past. */
export class FakeCine {
  isButtonDown = false;
  isRunning = false;

  play(): void {
    this.isButtonDown = true;
    this.isRunning = true;
  }

  readonly service: NonNullable<Services['cineService']> = {
    getState: () => ({ cines: this.isButtonDown ? { [VIEWPORT]: { isPlaying: true } } : {} }),
    setCine: ({ isPlaying }) => void (this.isButtonDown = isPlaying),
    stopClip: () => void (this.isRunning = false),
  };
}
