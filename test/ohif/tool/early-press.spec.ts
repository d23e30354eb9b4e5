/** @jest-environment jsdom */
import { beforeEach, expect, it } from '@jest/globals';
import { pressAtOnce } from '../../../extension/src/ohif/tool/early-press';
import type { CornerstoneTools } from '../../../extension/src/ohif/host/cornerstone-types';
import { SPA_TOOL } from '../../../extension/src/ohif/tool/spa-tool';
import { FakeViewer } from '../fake-viewer/viewer';
import { VIEWPORT } from '../fake-viewer/viewport';

const primary = 1;
const shift = 16;
let options: ReturnType<Group['getToolOptions']>;
let names: readonly string[];
let taken: MouseEvent[];
let tools: CornerstoneTools;

type Group = NonNullable<
  ReturnType<NonNullable<CornerstoneTools['ToolGroupManager']>['getToolGroupForViewport']>
>;

beforeEach(() => {
  options = {
    mode: 'Active',
    bindings: [{ mouseButton: primary }, { mouseButton: primary, modifierKey: shift }],
  };
  names = [SPA_TOOL];
  taken = [];
  const group: Group = {
    hasTool: name => names.includes(name),
    getToolOptions: () => options,
    getToolInstance: () => ({ pressNow: (_: string, press: MouseEvent) => taken.push(press) }),
  };
  tools = {
    ...new FakeViewer().host.tools,
    Enums: { MouseBindings: { Primary: primary }, KeyboardBindings: { Shift: shift, Ctrl: 17 }, Events: {} },
    ToolGroupManager: { getToolGroupForViewport: () => group },
  };
});

function press(how: MouseEventInit = {}): MouseEvent {
  const event = new MouseEvent('mousedown', { button: 0, buttons: 1, detail: 1, ...how });
  pressAtOnce(tools, VIEWPORT, event);
  return event;
}

it('brings a press to the tool at once, with a modifier as well', () => {
  const presses = [press(), press({ shiftKey: true })];
  expect(taken).toEqual(presses);
});

it.each<[string, MouseEventInit]>([
  ['other buttons', { button: 2, buttons: 2 }],
  ['several buttons', { buttons: 3 }],
  ['the second press of a double click', { detail: 2 }],
  ['a modifier to which the tool is not bound', { ctrlKey: true }],
  ['several modifiers', { shiftKey: true, ctrlKey: true }],
])('leaves %s to the host', (_, how) => {
  press(how);
  expect(taken).toEqual([]);
});

it('leaves the press to the host while another tool has the button', () => {
  options = { mode: 'Passive', bindings: [] };
  press();
  expect(taken).toEqual([]);
});

it('leaves viewports alone whose tool group does not have the tool', () => {
  names = [];
  press();
  expect(taken).toEqual([]);
});
