import type { ExtensionManager } from '../host/host-types';

interface ToolEnums {
  readonly MouseBindings: Readonly<Record<string, number>>;
  readonly KeyboardBindings: Readonly<Record<string, number>>;
}

interface ToolBinding {
  readonly mouseButton: number;
  readonly modifierKey?: number;
}

/** The primary button, alone and with each modifier: the host takes a press with a modifier for another binding. */
export function toolBindings(extensionManager: ExtensionManager): ToolBinding[] {
  const entry = extensionManager.getModuleEntry('@ohif/extension-cornerstone.utilityModule.tools');
  const { Enums } = entry?.exports as { Enums: ToolEnums };
  const mouseButton = Enums.MouseBindings['Primary'] ?? 1;
  const modifiers = ['Shift', 'Ctrl', 'Alt'].flatMap(name => {
    const modifierKey = Enums.KeyboardBindings[name];
    return modifierKey === undefined ? [] : [{ mouseButton, modifierKey }];
  });
  return [{ mouseButton }, ...modifiers];
}
