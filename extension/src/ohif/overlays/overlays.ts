import { forEachSpan, type Mask } from '../../core/mask';
import type { UncertaintyMap } from '../../inference/engine';
import type { Host } from '../host/host';
import {
  colourTable,
  labels,
  styleOf,
  uncertaintyLabel,
  UNCERTAINTY_LEVELS,
  type LayerSwitches,
  type OverlayColours,
  type OverlayName,
} from './appearance';
import { LabelmapLayer, type LayerPlace } from './labelmap-layer';
import { isOverlay } from './veil';

/** Everything that the overlays of one slice show. */
export interface OverlayPicture {
  readonly place: LayerPlace;
  readonly recommended: Mask;
  /** At most four. */
  readonly candidates: readonly Mask[];
  readonly uncertainty: UncertaintyMap | null;
  readonly switches: LayerSwitches;
  readonly previewed: number | null;
}

type Content = Mask | UncertaintyMap;

const candidateNames: readonly OverlayName[] = ['candidate-1', 'candidate-2', 'candidate-3', 'candidate-4'];

/**
 * The masks of the round in work, as segmentation representations of the viewport: for one image only, gone after the round. At most
 * six labelmaps of one image each exist at any time.
 */
export class Overlays {
  private readonly layers = new Map<OverlayName, { layer: LabelmapLayer; content: Content }>();
  private colours: number | null = null;
  private place: LayerPlace | null = null;

  constructor(
    private readonly host: Host,
    private readonly palette: OverlayColours,
  ) {}

  draw(picture: OverlayPicture): void {
    const { place } = picture;
    const before = this.place;
    if (before !== null && (before.viewportId !== place.viewportId || before.imageId !== place.imageId)) {
      this.clear();
    }
    this.place = place;
    const wanted = contents(picture);
    // Later layers lie on earlier ones: the outlines stay visible on the uncertainty map only if they are shown after it.
    const reordered = wanted.has('uncertainty') && !this.layers.has('uncertainty');
    for (const name of [...this.layers.keys()]) if (reordered || !wanted.has(name)) this.removeLayer(name);

    const { activeSegmentation } = this.host.tools.segmentation;
    const active = activeSegmentation.getActiveSegmentation(place.viewportId)?.segmentationId;
    let added = false;
    let restyled = false;
    for (const [name, content] of wanted) {
      const present = this.layers.get(name);
      const layer = present?.layer ?? new LabelmapLayer(this.host, name, labelsOf(name));
      if (present?.content !== content) {
        layer.show(place, this.colourTableIndex(), pixels =>
          paint(pixels, name, content, picture.recommended),
        );
        added ||= present === undefined;
        this.layers.set(name, { layer, content });
      }
      restyled = layer.setStyle(styleOf(name, picture.switches, picture.previewed)) || restyled;
    }
    if (added) this.keepActive(place.viewportId, active);
    if (restyled) this.host.tools.utilities.segmentation.triggerSegmentationRender(place.viewportId);
  }

  clear(): void {
    for (const name of [...this.layers.keys()]) this.removeLayer(name);
    this.place = null;
  }

  private removeLayer(name: OverlayName): void {
    this.layers.get(name)?.layer.remove();
    this.layers.delete(name);
  }

  /** Cornerstone makes every new representation the active one: the host's own stays active, or none is. */
  private keepActive(viewportId: string, active: string | undefined): void {
    const { activeSegmentation, config, state } = this.host.tools.segmentation;
    if (active !== undefined && !isOverlay(active))
      activeSegmentation.setActiveSegmentation(viewportId, active);
    else {
      for (const representation of state.getSegmentationRepresentations(viewportId)) {
        if (isOverlay(representation.segmentationId)) representation.active = false;
      }
    }
    // What is not active shows only where inactive segmentations do.
    if (config.style.getRenderInactiveSegmentations(viewportId) !== true) {
      config.style.setRenderInactiveSegmentations(viewportId, true);
    }
  }

  private colourTableIndex(): number {
    const { state, config } = this.host.tools.segmentation;
    // The host drops all tables when it resets its segmentation state.
    if (this.colours === null || state.getColorLUT(this.colours) === undefined) {
      this.colours = config.color.addColorLUT(colourTable(this.palette));
    }
    return this.colours;
  }
}

function contents(picture: OverlayPicture): Map<OverlayName, Content> {
  const wanted = new Map<OverlayName, Content>();
  if (picture.uncertainty !== null && picture.switches.uncertainty) {
    wanted.set('uncertainty', picture.uncertainty);
  }
  wanted.set('recommended', picture.recommended);
  candidateNames.forEach((name, i) => {
    const mask = picture.candidates[i];
    if (mask !== undefined) wanted.set(name, mask);
  });
  return wanted;
}

function labelsOf(name: OverlayName): readonly number[] {
  if (name === 'recommended') return [labels.recommended];
  if (name !== 'uncertainty') return [labels.candidate];
  return Array.from({ length: UNCERTAINTY_LEVELS }, (_, level) => labels.uncertainty + level);
}

/** Labelmap pixels lie on the slice's grid, whose size every mask of the round has. */
function paint(pixels: Uint8Array, name: OverlayName, content: Content, grid: Mask): void {
  if ('runs' in content) {
    const label = name === 'recommended' ? labels.recommended : labels.candidate;
    forEachSpan(content, (y, from, to) =>
      pixels.fill(label, y * content.width + from, y * content.width + to + 1),
    );
    return;
  }
  for (let y = 0; y < content.height; y++) {
    const target = (content.y + y) * grid.width + content.x;
    for (let x = 0; x < content.width; x++) {
      pixels[target + x] = uncertaintyLabel(content.values[y * content.width + x] as number);
    }
  }
}
