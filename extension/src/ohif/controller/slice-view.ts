import type { Round } from '../../core/proposal/proposal';
import type { UncertaintyValues } from '../../core/proposal/uncertainty';
import type { Later } from '../../panel/one-per-frame';
import type { Host } from '../host/host';
import type { Colours } from '../../core/image/colours';
import { ColourTable } from '../overlays/colour-table';
import { Overlays } from '../overlays/overlays';
import { warmUpLabelmaps } from './warm-up';
import type { WorkState } from './work-state';

/** The slice in work as the viewport shows it: overlays of the round and markers of the prompts, while its image is to be seen. */
export class SliceView {
  private readonly overlays: Overlays;
  private readonly colours: ColourTable;

  constructor(
    private readonly host: Host,
    colours: Colours,
    private readonly later: Later,
  ) {
    this.colours = new ColourTable(host, colours);
    this.overlays = new Overlays(host, this.colours, later);
  }

  /** Readies viewports for overlays ahead of the first click. Returns the function that ends it. */
  warmUp(): () => void {
    return warmUpLabelmaps(this.host, this.colours, this.later);
  }

  draw(
    { place, layers, previewed, session }: WorkState,
    round: Round | null,
    uncertainty: UncertaintyValues | null,
  ): void {
    if (place === null) return;
    const isShown = this.host.viewport(place.viewportId)?.getCurrentImageId() === place.imageId;
    if (isShown && round !== null) {
      this.overlays.draw({
        place,
        recommended: round.proposal.recommended.mask,
        candidates: round.proposal.candidates.map(candidate => candidate.mask),
        uncertainty,
        switches: layers,
        previewed,
      });
    } else if (isShown && session.pending !== null) this.overlays.prepare(place, layers);
    else this.overlays.clear();
    if (isShown) this.drawMarkers(place.viewportId);
  }

  /** The tool draws the markers when the host asks it to; the host does not after every resize. */
  drawMarkers(viewportId: string): void {
    this.host.tools.utilities.triggerAnnotationRenderForViewportIds([viewportId]);
  }

  clear(): void {
    this.overlays.clear();
  }
}
