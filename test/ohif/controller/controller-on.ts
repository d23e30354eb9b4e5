import { SpaController } from '../../../extension/src/ohif/controller/spa-controller';
import { defaultColours } from '../../../extension/src/ohif/overlays/appearance';
import type { FakeViewer } from '../fake-viewer';
import type { Frames } from '../frames';
import { settled, type FakeEngine } from './fake-engine';

/** The controller of a viewer in which the mode has been entered: its bundle is being loaded. */
export function controllerOn(viewer: FakeViewer, engine: FakeEngine, frames: Frames): SpaController {
  const controller = new SpaController({
    host: viewer.host,
    engine,
    bundles: () => [
      { url: 'http://localhost/bundle/', label: 'bundle' },
      { url: 'http://localhost/other/', label: 'other' },
    ],
    colours: () => defaultColours,
    later: frames.later,
    seed: 1,
  });
  controller.enter();
  return controller;
}

/** All that the page still has to do, drawing included. */
export async function done(frames: Frames): Promise<void> {
  for (let frame = 0; frame < 8; frame++) {
    await settled();
    frames.all();
  }
  await settled();
}
