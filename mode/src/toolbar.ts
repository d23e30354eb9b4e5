import { spaToolButton } from '../../extension/src/getToolbarModule';
import { hostText } from '../../extension/src/text';
import type { Button, ModeServices } from './host-types';
import { segmentationPanelOf } from './segmentation-panel';

const { toolbar } = hostText;

/** Tool groups whose primary button a toolbar button takes over. */
const activate = {
  commandName: 'setToolActiveToolbar',
  commandOptions: { toolGroupIds: ['default', 'mpr', 'volume3d'] },
};

const tool = (id: string, icon: string, label: string): Button => ({
  id,
  uiType: 'ohif.toolButton',
  props: { icon, label, tooltip: label, commands: activate, evaluate: 'evaluate.cornerstoneTool' },
});

const action = (
  id: string,
  icon: string,
  label: string,
  commands: string,
  evaluate: unknown = 'evaluate.action',
): Button => ({ id, uiType: 'ohif.toolButton', props: { icon, label, tooltip: label, commands, evaluate } });

const menu = (id: string, uiType: string, icon: string, label: string, evaluate: unknown): Button => ({
  id,
  uiType,
  props: { icon, label, tooltip: label, evaluate },
});

/** Of brush and eraser before the user sets another, mm. */
export const BRUSH_RADIUS = 5;

const radius = (id: string, toolNames: readonly string[]): object => ({
  id,
  name: toolbar.radius,
  type: 'range',
  explicitRunOnly: true,
  min: 0.5,
  max: 50,
  step: 0.5,
  value: BRUSH_RADIUS,
  commands: [{ commandName: 'setBrushSize', commandOptions: { toolNames } }],
});

const brush = (id: string, icon: string, label: string, toolName: string): Button => ({
  id,
  uiType: 'ohif.toolBoxButton',
  props: {
    icon,
    label,
    evaluate: {
      name: 'evaluate.cornerstone.segmentation',
      toolNames: [toolName],
      disabledText: toolbar.needsSegmentation,
    },
    commands: {
      commandName: 'setToolActiveToolbar',
      commandOptions: { toolName, toolGroupIds: ['default', 'mpr'] },
    },
    options: [radius(`${id}-radius`, [toolName])],
  },
});

const buttons: readonly Button[] = [
  spaToolButton,
  tool('WindowLevel', 'tool-window-level', toolbar.windowLevel),
  tool('Pan', 'tool-move', toolbar.pan),
  tool('Zoom', 'tool-zoom', toolbar.zoom),
  tool('StackScroll', 'tool-stack-scroll', toolbar.scroll),
  tool('Length', 'tool-length', toolbar.length),
  action('Reset', 'tool-reset', toolbar.resetView, 'resetViewport'),
  action('Capture', 'tool-capture', toolbar.capture, 'showDownloadViewportModal'),
  action('rotate-right', 'tool-rotate-right', toolbar.rotateRight, 'rotateViewportCW'),
  action('flipHorizontal', 'tool-flip-horizontal', toolbar.flip, 'flipViewportHorizontal', [
    'evaluate.viewportProperties.toggle',
    { name: 'evaluate.viewport.supported', unsupportedViewportTypes: ['volume3d'] },
  ]),
  action('invert', 'tool-invert', toolbar.invert, 'invertViewport', 'evaluate.viewportProperties.toggle'),
  {
    id: 'Layout',
    uiType: 'ohif.layoutSelector',
    props: { rows: 3, columns: 4, evaluate: 'evaluate.action', commands: 'setViewportGridLayout' },
  },
  {
    id: 'MoreTools',
    uiType: 'ohif.toolButtonList',
    props: { buttonSection: true },
  },
  menu('windowLevelMenu', 'ohif.windowLevelMenu', 'WindowLevel', toolbar.windowPresets, {
    name: 'evaluate.windowLevelMenu',
  }),
  menu('orientationMenu', 'ohif.orientationMenu', 'OrientationSwitch', toolbar.orientation, {
    name: 'evaluate.orientationMenu',
  }),
  menu(
    'dataOverlayMenu',
    'ohif.dataOverlayMenu',
    'ViewportViews',
    toolbar.dataOverlays,
    'evaluate.dataOverlayMenu',
  ),
  { id: 'SpaBrushes', uiType: 'ohif.toolBoxButtonGroup', props: { buttonSection: true } },
  brush('Brush', 'icon-tool-brush', toolbar.brush, 'CircularBrush'),
  brush('Eraser', 'icon-tool-eraser', toolbar.eraser, 'CircularEraser'),
];

/** Puts the buttons into the sections of the host's toolbar; the calls have other names in older hosts. */
export function fillToolbar(toolbarService: ModeServices['toolbarService']): void {
  const register = toolbarService.register ?? toolbarService.addButtons;
  register?.call(toolbarService, buttons, true);
  const section = (name: string | undefined, ids: readonly string[]): void => {
    if (name === undefined) return;
    const fill = toolbarService.updateSection ?? toolbarService.createButtonSection;
    fill?.call(toolbarService, name, ids);
  };
  const sections = toolbarService.sections ?? {};
  section(sections.primary ?? 'primary', [
    spaToolButton.id,
    'WindowLevel',
    'Pan',
    'Zoom',
    'StackScroll',
    'Reset',
    'Layout',
    'Capture',
    'MoreTools',
  ]);
  section('MoreTools', ['rotate-right', 'flipHorizontal', 'invert', 'Length']);
  section(sections.viewportActionMenu?.['topLeft'], ['orientationMenu', 'dataOverlayMenu']);
  section(sections.viewportActionMenu?.['bottomLeft'], ['windowLevelMenu']);
  section(segmentationPanelOf(toolbarService)?.toolbox, ['SpaBrushes']);
  section('SpaBrushes', ['Brush', 'Eraser']);
}
