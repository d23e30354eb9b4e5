import type { CornerstoneTools, ToolGroup } from '../host/cornerstone-types';
import { SPA_TOOL } from './spa-tool';

/** Modifier keys of a press, by cornerstone's names. */
export type Modifier = 'Shift' | 'Ctrl' | 'Alt';

/** The tool group of a viewport; undefined where it has none. */
export function toolGroupOf(
  { ToolGroupManager }: CornerstoneTools,
  viewportId: string,
): ToolGroup | undefined {
  return ToolGroupManager?.getToolGroupForViewport(viewportId);
}

/** Whether cornerstone brings a press of the primary button, with this modifier or none, to our tool, by the bindings it has in the group. */
export function hasPress(
  { Enums }: CornerstoneTools,
  group: ToolGroup,
  modifier: Modifier | undefined,
): boolean {
  if (!group.hasTool(SPA_TOOL)) return false;
  const { mode, bindings = [] } = group.getToolOptions(SPA_TOOL);
  const modifierKey = modifier === undefined ? undefined : Enums.KeyboardBindings[modifier];
  return (
    mode === 'Active' &&
    bindings.some(
      binding =>
        binding.mouseButton === Enums.MouseBindings['Primary'] && binding.modifierKey === modifierKey,
    )
  );
}

/** Whose a click in a viewport is: ours, another tool's that can be exchanged for ours, or always the viewer's (its previews of files). */
export type ToolInHand = 'ours' | 'other' | 'never-ours';

export function toolInHand(tools: CornerstoneTools, viewportId: string): ToolInHand {
  const group = toolGroupOf(tools, viewportId);
  // A viewport that is only just being opened gets its group later.
  if (group === undefined) return 'ours';
  if (!group.hasTool(SPA_TOOL)) return 'never-ours';
  return hasPress(tools, group, undefined) ? 'ours' : 'other';
}
