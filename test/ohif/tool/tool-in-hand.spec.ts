import { beforeEach, expect, it } from '@jest/globals';
import type { CornerstoneTools, ToolGroup } from '../../../extension/src/ohif/host/cornerstone-types';
import { SPA_TOOL } from '../../../extension/src/ohif/tool/spa-tool';
import { toolInHand } from '../../../extension/src/ohif/tool/tool-in-hand';
import { FakeViewer } from '../fake-viewer/viewer';
import { VIEWPORT } from '../fake-viewer/viewport';

const primary = 1;
const auxiliary = 4;
const shift = 16;
let group: ToolGroup | undefined;
let tools: CornerstoneTools;

const groupOf = (
  names: readonly string[],
  options: ReturnType<ToolGroup['getToolOptions']> = { mode: 'Passive' },
): ToolGroup => ({
  hasTool: name => names.includes(name),
  getToolOptions: () => options,
  getToolInstance: () => undefined,
});

beforeEach(() => {
  tools = {
    ...new FakeViewer().host.tools,
    Enums: { MouseBindings: { Primary: primary }, KeyboardBindings: { Shift: shift }, Events: {} },
    ToolGroupManager: { getToolGroupForViewport: () => group },
  };
});

it('is ours while a plain press of the primary button goes to our tool', () => {
  group = groupOf([SPA_TOOL], { mode: 'Active', bindings: [{ mouseButton: primary }] });
  expect(toolInHand(tools, VIEWPORT)).toBe('ours');
});

it.each<ReturnType<ToolGroup['getToolOptions']>>([
  { mode: 'Passive' },
  { mode: 'Active' },
  { mode: 'Active', bindings: [{ mouseButton: auxiliary }] },
  { mode: 'Active', bindings: [{ mouseButton: primary, modifierKey: shift }] },
])('is another one while ours is %j', options => {
  group = groupOf([SPA_TOOL], options);
  expect(toolInHand(tools, VIEWPORT)).toBe('other');
});

it('is never ours where the viewer shows a preview with tools of its own', () => {
  group = groupOf(['WindowLevel']);
  expect(toolInHand(tools, VIEWPORT)).toBe('never-ours');
});

it('is ours where nothing else is known: a viewport that is being opened, a host that tells nothing of its tools', () => {
  group = undefined;
  expect(toolInHand(tools, VIEWPORT)).toBe('ours');
  expect(toolInHand(new FakeViewer().host.tools, VIEWPORT)).toBe('ours');
});
