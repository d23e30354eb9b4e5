import { createEngine } from '../inference/create-engine';
import { onePerFrame } from '../panel/one-per-frame';
import type { PanelStore } from '../panel/panel-model';
import { deployedBundles } from './controller/bundle-address';
import { ReaderMemory } from './controller/reader-memory';
import { SpaController } from './controller/spa-controller';
import { Host } from './host/host';
import type { HostParameters } from './host/host-types';
import { viewerConfiguration } from './host/viewer-configuration';
import { deployedColours } from './overlays/deployed-colours';

/** Name under which the service hangs on `servicesManager.services`. */
const SPA_SERVICE = 'spaService';

/**
 * What other extensions and modes can use of this one. Its state lives outside React: panels come and go with the host's tabs.
 */
export interface SpaService {
  readonly store: PanelStore;
  /** Begins to listen in the viewports and to load the model bundle. A second call changes nothing. */
  enter(): void;
  /** Stores the active segmentation as DICOM SEG where the images came from; a fault is shown in the panel. */
  storeSegmentation(): Promise<void>;
  /** Takes everything out of the viewer again; what was learnt of the user stays. */
  exit(): void;
}

/** The registration as the host's services manager takes it. */
export function spaServiceRegistration(parameters: HostParameters): {
  name: string;
  create: () => SpaService;
} {
  return { name: SPA_SERVICE, create: () => createSpaService(parameters) };
}

function createSpaService(parameters: HostParameters): SpaService {
  const host = new Host(parameters);
  const controller = new SpaController({
    host,
    engine: createEngine(),
    bundles: () => deployedBundles(host.services, viewerConfiguration()),
    colours: () => deployedColours(host.services),
    memory: new ReaderMemory(host.services, viewerConfiguration, () => localStorage),
    later: onePerFrame,
    seed: 1,
  });
  return {
    store: controller.store,
    enter: () => controller.enter(),
    exit: () => controller.exit(),
    storeSegmentation: () => controller.storeSegmentation(),
  };
}

/** The service, once the extension is registered. */
export function spaServiceOf(services: object): SpaService {
  const service = (services as Partial<Record<typeof SPA_SERVICE, SpaService>>)[SPA_SERVICE];
  if (service === undefined)
    throw new Error('The SPA extension is not registered: add it to the mode’s dependencies.');
  return service;
}
