import type { Mask } from '../../core/image/mask';
import type { UncertaintyValues } from '../../core/proposal/uncertainty';
import type { Later } from '../../panel/one-per-frame';
import type { LayerSwitches } from '../../panel/panel-model';
import type { Host } from '../host/host';
import { isSamePlace, type ImagePlace } from '../host/image-place';
import { labels, labelsOf, styleOf, type OverlayName } from './appearance';
import type { ColourTable } from './colour-table';
import { LabelmapLayer } from './labelmap-layer';
import { shareOut } from './outlines';
import { areSameMasks, isSameContent, paint, type OverlayContent } from './paint';

/** Everything that the overlays of one slice show. */
export interface OverlayPicture {
  readonly place: ImagePlace;
  readonly recommended: Mask;
  /** At most `MOST_CANDIDATES`. */
  readonly candidates: readonly Mask[];
  readonly uncertainty: UncertaintyValues | null;
  readonly switches: LayerSwitches;
  readonly previewed: number | null;
}

/** A picture by its layers, lowest first; null: an empty layer. */
interface Scene extends Pick<OverlayPicture, 'place' | 'switches' | 'previewed'> {
  readonly contents: ReadonlyMap<OverlayName, OverlayContent | null>;
}

type Shares = ReturnType<typeof shareOut>;

/** What every round shows; a second labelmap of candidates is made for the first round that needs it. */
const namesOfRound = ['recommended', 'candidates-1'] as const;

/**
 * The masks of the round in work, as segmentation representations of the viewport: for one image only, gone after the round. At most
 * four labelmaps of one image each exist at any time.
 *
 * To make a layer costs the host a lot (events, its toolbar, a texture), to paint it again next to nothing. So there are few, they are
 * made one a frame, ahead of the first round where possible, and they stay for all rounds on the slice.
 */
export class Overlays {
  private readonly layers = new Map<OverlayName, { layer: LabelmapLayer; content: OverlayContent | null }>();
  private place: ImagePlace | null = null;
  /** Of the round on show: asked for again whenever the user points at a card. */
  private shares: { readonly of: readonly Mask[]; readonly shares: Shares } | null = null;
  private callOff = (): void => undefined;

  constructor(
    private readonly host: Host,
    private readonly colours: ColourTable,
    private readonly later: Later,
  ) {}

  /** Makes the layers of the round that is being computed. */
  prepare(place: ImagePlace, switches: LayerSwitches): void {
    const contents = new Map(namesOfRound.map(name => [name, null] as const));
    const scene: Scene = { place, switches, previewed: null, contents };
    this.update(scene);
    this.callOff = this.later(() => this.makeInTurn(scene));
  }

  draw(picture: OverlayPicture): void {
    const scene = { ...picture, contents: this.contentsOf(picture) };
    this.update(scene);
    this.makeInTurn(scene);
  }

  clear(): void {
    this.callOff();
    this.removeAll();
    this.shares = null;
    this.place = null;
  }

  /** Brings the layers that are there up to date. */
  private update({ place, contents, switches, previewed }: Scene): void {
    this.callOff();
    if (!isSamePlace(this.place, place)) this.clear();
    this.place = place;
    // Later layers lie on earlier ones: the outlines stay visible on the uncertainty map only if they are shown after it.
    if (!contents.has('uncertainty')) this.remove('uncertainty');
    else if (!this.layers.has('uncertainty')) this.removeAll();

    let repainted = false;
    let restyled = false;
    for (const [name, { layer, content }] of this.layers) {
      const wanted = contents.get(name) ?? null;
      if (!isSameContent(content, wanted)) {
        this.show(name, layer, place, wanted);
        repainted = true;
      }
      restyled = layer.setStyle(styleOf(name, switches, previewed !== null)) || restyled;
    }
    // A frame of segmentations is one of the viewport too.
    if (restyled) this.host.tools.utilities.segmentation.triggerSegmentationRender(place.viewportId);
    else if (repainted) this.host.viewport(place.viewportId)?.render();
  }

  /** Makes the lowest layer that is missing, and the next ones in frames to come. */
  private makeInTurn(scene: Scene): void {
    const { place, contents, switches, previewed } = scene;
    const [name, next] = [...contents.keys()].filter(each => !this.layers.has(each));
    if (name === undefined) return;
    const silent = name.startsWith('candidates') ? labels.silent : null;
    const layer = new LabelmapLayer(this.host, name, labelsOf(name), silent);
    this.show(name, layer, place, contents.get(name) ?? null);
    layer.setStyle(styleOf(name, switches, previewed !== null));
    if (next !== undefined) this.callOff = this.later(() => this.makeInTurn(scene));
  }

  private show(
    name: OverlayName,
    layer: LabelmapLayer,
    place: ImagePlace,
    content: OverlayContent | null,
  ): void {
    layer.show(place, this.colours.index, (pixels, width) => {
      if (content !== null) paint(pixels, width, content);
    });
    this.layers.set(name, { layer, content });
  }

  private removeAll(): void {
    for (const name of [...this.layers.keys()]) this.remove(name);
  }

  private remove(name: OverlayName): void {
    this.layers.get(name)?.layer.remove();
    this.layers.delete(name);
  }

  private contentsOf(picture: OverlayPicture): Scene['contents'] {
    const { uncertainty, switches, recommended, candidates, previewed } = picture;
    const contents = new Map<OverlayName, OverlayContent>();
    if (uncertainty !== null && switches.uncertainty) {
      contents.set('uncertainty', { kind: 'uncertainty', map: uncertainty });
    }
    contents.set('recommended', { kind: 'recommended', mask: recommended });
    const previewedOnes = previewed === null ? null : candidates.slice(previewed, previewed + 1);
    const [first, second] = previewedOnes === null ? this.sharesOf(candidates) : [previewedOnes, []];
    contents.set('candidates-1', { kind: 'candidates', masks: first });
    if (second.length > 0 || this.layers.has('candidates-2')) {
      contents.set('candidates-2', { kind: 'candidates', masks: second });
    }
    return contents;
  }

  private sharesOf(candidates: readonly Mask[]): Shares {
    if (this.shares === null || !areSameMasks(this.shares.of, candidates)) {
      this.shares = { of: candidates, shares: shareOut(candidates) };
    }
    return this.shares.shares;
  }
}
