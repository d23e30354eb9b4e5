import type { CornerstoneTools, ToolGroup } from '../host/cornerstone-types';
import { isSpaTool, SPA_TOOL } from './spa-tool';
import { hasPress, toolGroupOf } from './tool-in-hand';

/**
 * Cornerstone holds every press of the primary button back for 400 ms, because a double click may come of it: a proposal would come later by
 * that, and an Escape before the click that it is meant for. So a press that the tool is going to get is given to it at once; it
 * knows the press again when cornerstone brings it. The second press of a double click stays the host's alone.
 */
export function pressAtOnce(tools: CornerstoneTools, viewportId: string, press: MouseEvent): void {
  if (press.button !== 0 || press.buttons !== 1 || press.detail > 1) return;
  const group = toolGroupOf(tools, viewportId);
  if (group === undefined || !isForTool(tools, group, press)) return;
  const tool = group.getToolInstance(SPA_TOOL);
  if (isSpaTool(tool)) tool.pressNow(viewportId, press);
}

function isForTool(tools: CornerstoneTools, group: ToolGroup, press: MouseEvent): boolean {
  const held = ([press.shiftKey && 'Shift', press.ctrlKey && 'Ctrl', press.altKey && 'Alt'] as const).filter(
    name => name !== false,
  );
  const [modifier, ...more] = held;
  return more.length === 0 && !press.metaKey && hasPress(tools, group, modifier);
}
