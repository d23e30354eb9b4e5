import type { Host } from '../host/host';
import type { Colours } from '../../core/image/colours';
import { colourTable } from './appearance';

/** The overlays' colours as a table of the host, made when it is first asked for. */
export class ColourTable {
  private made: number | null = null;

  constructor(
    private readonly host: Host,
    private readonly colours: Colours,
  ) {}

  /** Index of the host's colour table. */
  get index(): number {
    const { state, config } = this.host.tools.segmentation;
    // The host drops all tables when it resets its segmentation state.
    if (this.made === null || state.getColorLUT(this.made) === undefined) {
      this.made = config.color.addColorLUT(colourTable(this.colours));
    }
    return this.made;
  }
}
