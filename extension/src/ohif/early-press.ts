import type { CornerstoneTools, ToolGroup } from './host/cornerstone-types';
import { isSpaTool, SPA_TOOL } from './spa-tool';

/**
 * Cornerstone holds every press of the primary button back for 400 ms, because a double click may come of it: a proposal would come later by
 * that, and an Escape before the click that it is meant for. So a press that the tool is going to get is given to it at once; it
 * knows the press again when cornerstone brings it. The second press of a double click stays the host's alone.
 */
export function pressAtOnce(tools: CornerstoneTools, viewportId: string, press: MouseEvent): void {
  if (press.button !== 0 || press.buttons !== 1 || press.detail > 1) return;
  const group = tools.ToolGroupManager?.getToolGroupForViewport(viewportId);
  if (group === undefined || !isForTool(tools, group, press)) return;
  const tool = group.getToolInstance(SPA_TOOL);
  if (isSpaTool(tool)) tool.pressNow(viewportId, press);
}

/** Whether cornerstone will bring the press to the tool, by the bindings that it has in the viewport's group. */
function isForTool({ Enums }: CornerstoneTools, group: ToolGroup, press: MouseEvent): boolean {
  if (!group.hasTool(SPA_TOOL)) return false;
  const { mode, bindings = [] } = group.getToolOptions(SPA_TOOL);
  if (mode !== 'Active') return false;
  const held = [press.shiftKey && 'Shift', press.ctrlKey && 'Ctrl', press.altKey && 'Alt'].filter(
    name => name !== false,
  );
  const [modifier, ...more] = held;
  if (more.length > 0 || press.metaKey) return false;
  const modifierKey = modifier === undefined ? undefined : Enums.KeyboardBindings[modifier];
  return bindings.some(
    binding => binding.mouseButton === Enums.MouseBindings['Primary'] && binding.modifierKey === modifierKey,
  );
}
