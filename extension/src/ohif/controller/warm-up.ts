import type { Later } from '../../panel/one-per-frame';
import type { Host } from '../host/host';
import { defaultSwitches, labels, styleOf } from '../overlays/appearance';
import type { ColourTable } from '../overlays/colour-table';
import { LabelmapLayer } from '../overlays/labelmap-layer';
import { watchServices, watchViewports } from './viewport-watch';

/**
 * The first labelmap in a viewport makes the renderer compile its shaders and set up a pass of its own, which without graphics card holds
 * up the page for most of a second. So the first one is an empty layer of ours, shown for a frame or two while the viewer opens and
 * the user expects to wait. It serves the active viewport: only there can the next click land.
 *
 * Returns the function that ends it.
 */
export function warmUpLabelmaps(host: Host, colours: ColourTable, later: Later): () => void {
  const layer = new LabelmapLayer(host, 'warm-up', [labels.recommended]);
  const warm = new Set<string>();
  /** The viewport that has the layer, or gets it in the next frame. */
  let warming: string | null = null;
  let callOff = (): void => undefined;

  const begin = (viewportId: string): void => {
    const imageId = host.viewport(viewportId)?.getCurrentImageId();
    if (!imageId) return void (warming = null);
    layer.show({ viewportId, imageId }, colours.index, () => undefined);
    layer.setStyle(styleOf('recommended', defaultSwitches, false));
  };
  const end = (): void => {
    callOff();
    layer.remove();
    warming = null;
  };
  const consider = (): void => {
    const viewport = host.activeViewport();
    if (warming !== null || viewport?.type !== 'stack' || warm.has(viewport.id)) return;
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
      imageShown: () => undefined,
      imageRendered: viewportId => {
        if (viewportId !== warming) return consider();
        if (!layer.isMounted() || warm.has(viewportId)) return;
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
