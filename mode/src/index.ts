import { spaServiceOf } from '../../extension/src/ohif/spa-service';
import { hostText } from '../../extension/src/text';
import { showAcquiredImages } from './acquired-images';
import type { ModeParameters } from './host-types';
import { id } from './id';
import { rightPanels } from './right-panels';
import { createToolGroups } from './tool-groups';
import { fillToolbar } from './toolbar';
import { isValidMode } from './valid-mode';

const ohif = {
  layout: '@ohif/extension-default.layoutTemplateModule.viewerLayout',
  series: '@ohif/extension-default.panelModule.seriesList',
  stack: '@ohif/extension-default.sopClassHandlerModule.stack',
};

const cornerstone = {
  viewport: '@ohif/extension-cornerstone.viewportModule.cornerstone',
};

const dicomSeg = {
  sopClassHandler: '@ohif/extension-cornerstone-dicom-seg.sopClassHandlerModule.dicom-seg',
  viewport: '@ohif/extension-cornerstone-dicom-seg.viewportModule.dicom-seg',
};

/** Released viewers import a dependency that is not built in by its key, which is the address of the module beside this one. */
const extensionDependencies: Readonly<Record<string, string>> = {
  '@ohif/extension-default': '^3.0.0',
  '@ohif/extension-cornerstone': '^3.0.0',
  '@ohif/extension-cornerstone-dicom-seg': '^3.0.0',
  [new URL('./extension.js', import.meta.url).href]: '*',
};

function modeFactory() {
  let stopShowing = (): void => undefined;
  return {
    id,
    routeName: 'spa',
    displayName: hostText.modeName,
    validationTags: { study: [], series: [] },
    isValidMode,
    onModeEnter: (parameters: ModeParameters): void => {
      const { services } = parameters.servicesManager;
      services.measurementService.clearMeasurements();
      // The host enters a mode twice at times.
      stopShowing();
      stopShowing = showAcquiredImages(services.displaySetService);
      // Before the tool groups: it brings the tool that they contain.
      spaServiceOf(services).enter();
      createToolGroups(parameters);
      fillToolbar(services.toolbarService);
    },
    onModeExit: ({ servicesManager }: ModeParameters): void => {
      const { services } = servicesManager;
      stopShowing();
      spaServiceOf(services).exit();
      services.uiDialogService.hideAll?.();
      services.uiModalService.hide();
      services.toolGroupService.destroy();
      services.syncGroupService.destroy();
      services.segmentationService.destroy();
      services.cornerstoneViewportService.destroy();
    },
    routes: [
      {
        path: 'spa',
        layoutTemplate: ({ servicesManager }: Pick<ModeParameters, 'servicesManager'>) => ({
          id: ohif.layout,
          props: {
            leftPanels: [ohif.series],
            leftPanelResizable: true,
            rightPanels: rightPanels(servicesManager.services),
            rightPanelResizable: true,
            viewports: [
              { namespace: cornerstone.viewport, displaySetsToDisplay: [ohif.stack] },
              { namespace: dicomSeg.viewport, displaySetsToDisplay: [dicomSeg.sopClassHandler] },
            ],
          },
        }),
      },
    ],
    extensions: extensionDependencies,
    hangingProtocol: 'default',
    sopClassHandlers: [dicomSeg.sopClassHandler, ohif.stack],
  };
}

/** The mode as the host takes it. */
export default { id, modeFactory, extensionDependencies };
