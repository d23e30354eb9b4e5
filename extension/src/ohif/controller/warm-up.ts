import type { Later } from '../../panel/one-per-frame';
import type { Host } from '../host/host';
import { showsStack } from '../host/stack';
import { defaultSwitches, labels, styleOf } from '../overlays/appearance';
import type { ColourTable } from '../overlays/colour-table';
import { LabelmapLayer } from '../overlays/labelmap-layer';
import { watchServices, watchViewports } from './viewport-watch';

/**
 * The first labelmap in a viewport makes the renderer compile its shaders and set up a pass of its own, which without graphics card holds
 * up the page for most of a second; the first one without an outline (the uncertainty map, or one of the viewer's that is drawn before it
 * has its style) a third of a second more. So the first ones are two empty layers of ours, shown for a frame or two while the viewer
 * opens and the user expects to wait. They serve the active viewport: only there can the next click land.
 *
 * Returns the function that ends it.
 */
export function warmUpLabelmaps(host: Host, colours: ColourTable, later: Later): () => void {
  const looks = [
    { name: 'warm-up-outline', style: styleOf('recommended', defaultSwitches, false) },
    { name: 'warm-up-fill', style: styleOf('uncertainty', { ...defaultSwitches, uncertainty: true }, false) },
  ];
  const layers = looks.map(({ name, style }) => ({
    layer: new LabelmapLayer(host, name, [labels.recommended]),
    style,
  }));
  const warm = new Set<string>();
  /** The viewport that has the layers, or gets them in the next frame. */
  let warming: string | null = null;
  let warmingImage = '';
  let callOff = (): void => undefined;

  const begin = (viewportId: string): void => {
    const imageId = host.viewport(viewportId)?.getCurrentImageId();
    if (!imageId) return void (warming = null);
    warmingImage = imageId;
    for (const { layer, style } of layers) {
      layer.show({ viewportId, imageId }, colours.index, () => undefined);
      layer.setStyle(style);
    }
  };
  const end = (): void => {
    callOff();
    for (const { layer } of layers) layer.remove();
    warming = null;
  };
  const consider = (): void => {
    const viewport = host.activeViewport();
    if (warming !== null || viewport === null || warm.has(viewport.id) || !showsStack(viewport)) return;
    const { id } = viewport;
    warming = id;
    callOff = later(() => begin(id));
  };
  const leave = (viewportId: string): void => {
    if (viewportId === warming) end();
  };

  const stops = [
    watchViewports(host, {
      imageLeaving: leave,
      // Next viewports do not tell of an image that leaves.
      imageShown: viewportId => {
        if (host.viewport(viewportId)?.getCurrentImageId() !== warmingImage) leave(viewportId);
      },
      imageRendered: viewportId => {
        if (viewportId !== warming) return consider();
        if (warm.has(viewportId) || !layers.every(({ layer }) => layer.isMounted())) return;
        warm.add(viewportId);
        callOff = later(() => {
          end();
          consider();
        });
      },
      viewportGone: viewportId => {
        leave(viewportId);
        warm.delete(viewportId);
      },
    }),
    watchServices(host, consider),
  ];
  return () => {
    end();
    stops.forEach(stop => stop());
  };
}
