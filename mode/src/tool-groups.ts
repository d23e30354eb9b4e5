import { SPA_TOOL } from '../../extension/src/ohif/tool/spa-tool';
import { toolBindings } from '../../extension/src/ohif/tool/tool-bindings';
import { BRUSH_RADIUS } from './toolbar';
import type { ModeParameters, ToolEntry, ToolGroupTools } from './host-types';

interface ToolUtilities {
  readonly toolNames: Readonly<Record<string, string>>;
  readonly Enums: { readonly MouseBindings: Readonly<Record<string, number>> };
}

/**
 * The mode's tool groups. The primary button, or one finger, segments; as in the host's own modes, the middle one pans, the right one or
 * two fingers zoom and the wheel or three fingers scroll, whatever tool the primary button has.
 */
export function createToolGroups({ extensionManager, servicesManager }: ModeParameters): void {
  const entry = extensionManager.getModuleEntry('@ohif/extension-cornerstone.utilityModule.tools');
  const { toolNames, Enums } = entry?.exports as ToolUtilities;
  const { toolGroupService } = servicesManager.services;
  const press = (button: string): readonly object[] => [{ mouseButton: Enums.MouseBindings[button] }];
  const fingers = (count: number): readonly object[] => [{ numTouchPoints: count }];
  const named = (name: string, bindings: readonly object[] = []): ToolEntry[] => {
    const toolName = toolNames[name];
    return toolName === undefined ? [] : [{ toolName, ...(bindings.length > 0 ? { bindings } : {}) }];
  };

  const navigation: readonly ToolEntry[] = [
    ...named('Pan', press('Auxiliary')),
    ...named('Zoom', [...press('Secondary'), ...fingers(2)]),
    ...named('StackScroll', [...press('Wheel'), ...fingers(3)]),
  ];
  const brushes: readonly ToolEntry[] = [
    {
      toolName: 'CircularBrush',
      parentTool: 'Brush',
      configuration: { activeStrategy: 'FILL_INSIDE_CIRCLE', brushSize: BRUSH_RADIUS },
    },
    {
      toolName: 'CircularEraser',
      parentTool: 'Brush',
      configuration: { activeStrategy: 'ERASE_INSIDE_CIRCLE', brushSize: BRUSH_RADIUS },
    },
  ];
  const flat: ToolGroupTools = {
    active: [{ toolName: SPA_TOOL, bindings: toolBindings(extensionManager) }, ...navigation],
    passive: [...named('WindowLevel'), ...named('Length'), ...brushes],
    disabled: [],
  };
  toolGroupService.createToolGroupAndAddTools('default', flat);
  toolGroupService.createToolGroupAndAddTools('mpr', { ...flat, disabled: named('Crosshairs') });
  toolGroupService.createToolGroupAndAddTools('volume3d', {
    active: [
      ...named('TrackballRotateTool', press('Primary')),
      ...named('Zoom', [...press('Secondary'), ...fingers(2)]),
      ...named('Pan', [...press('Auxiliary'), ...fingers(3)]),
    ],
  });
}
