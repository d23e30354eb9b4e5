import { SPA_TOOL } from './ohif/tool/spa-tool';
import { hostText } from './text';

/** The toolbar button that makes a click segment again after another tool was used; modes list it by this id. */
export const spaToolButton = {
  id: SPA_TOOL,
  uiType: 'ohif.toolButton',
  props: {
    icon: 'icon-tool-click-segment',
    label: hostText.toolName,
    tooltip: hostText.toolTitle,
    commands: 'spaActivateTool',
    evaluate: 'evaluate.cornerstoneTool',
  },
};
