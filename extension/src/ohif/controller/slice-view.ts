import type { Round } from '../../core/proposal';
import type { UncertaintyMap } from '../../inference/engine';
import type { Host } from '../host/host';
import type { OverlayColours } from '../overlays/appearance';
import { Overlays } from '../overlays/overlays';
import type { WorkState } from './work-state';

/** The slice in work as the viewport shows it: overlays of the round and markers of the prompts, while its image is to be seen. */
export class SliceView {
  private readonly overlays: Overlays;

  constructor(
    private readonly host: Host,
    colours: OverlayColours,
  ) {
    this.overlays = new Overlays(host, colours);
  }

  draw(
    { place, layers, previewed }: WorkState,
    round: Round | null,
    uncertainty: UncertaintyMap | null,
  ): void {
    if (place === null) return;
    const isShown = this.host.viewport(place.viewportId)?.getCurrentImageId() === place.imageId;
    if (round === null || !isShown) this.overlays.clear();
    else {
      this.overlays.draw({
        place,
        recommended: round.proposal.recommended.mask,
        candidates: round.proposal.candidates.map(candidate => candidate.mask),
        uncertainty,
        switches: layers,
        previewed,
      });
    }
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
