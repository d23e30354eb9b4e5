import type { HostParameters } from './ohif/host/host-types';
import { spaServiceOf } from './ohif/spa-service';
import { SPA_TOOL } from './ohif/tool/spa-tool';
import { toolBindings } from './ohif/tool/tool-bindings';
import type { Direction, PanelIntents } from './panel/panel-model';

/** The panel's intents as commands of the host, for its toolbar, hotkeys and other extensions. */
export function getCommandsModule({ servicesManager, commandsManager, extensionManager }: HostParameters) {
  const intents = (): PanelIntents => spaServiceOf(servicesManager.services).store.intents;
  const definitions = {
    spaAccept: () => intents().accept(),
    /** `direction`: 'next' or 'previous' */
    spaFollow: ({ direction }: { direction: Direction }) => intents().follow(direction),
    spaCancel: () => intents().cancel(),
    spaUndo: () => intents().undo(),
    spaRedo: () => intents().redo(),
    spaClear: () => intents().clear(),
    spaForget: () => intents().forget(),
    spaExportSegmentation: () => intents().exportSegmentation(),
    spaStoreSegmentation: () => spaServiceOf(servicesManager.services).storeSegmentation(),
    spaToggleUncertainty: () => {
      const { store } = spaServiceOf(servicesManager.services);
      store.intents.setLayer('uncertainty', !store.getSnapshot().layers.uncertainty);
    },
    /** `candidate` from 1. */
    spaChooseCandidate: ({ candidate }: { candidate: number }) => intents().choose(candidate - 1),
    /** In every tool group that has the tool: each mode has its own names for them. */
    spaActivateTool: () =>
      commandsManager.run('setToolActiveToolbar', {
        toolName: SPA_TOOL,
        bindings: toolBindings(extensionManager),
      }),
  };
  return { definitions, defaultContext: 'CORNERSTONE' };
}
