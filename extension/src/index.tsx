import { getCommandsModule } from './commandsModule';
import { getCustomizationModule } from './getCustomizationModule';
import { getPanelModule } from './getPanelModule';
import { id } from './id';
import type { HostParameters } from './ohif/host/host-types';
import { spaServiceOf, spaServiceRegistration } from './ohif/spa-service';

/** The extension as the host takes it: a table of contents. */
export default {
  id,
  preRegistration: (parameters: HostParameters): void =>
    parameters.servicesManager.registerService(spaServiceRegistration(parameters)),
  getPanelModule,
  getCommandsModule,
  getCustomizationModule,
  /** The host calls it for every mode that is left. */
  onModeExit: ({ servicesManager }: HostParameters): void => spaServiceOf(servicesManager.services).exit(),
};
