import { expect, it } from '@jest/globals';
import { createToolGroups } from '../../mode/src/tool-groups';
import type { ModeParameters, ToolEntry, ToolGroupTools } from '../../mode/src/host-types';

const Enums = {
  MouseBindings: { Primary: 1, Secondary: 2, Auxiliary: 4, Wheel: 524288 },
  KeyboardBindings: { Shift: 16, Ctrl: 17, Alt: 18 },
};
const names = ['Pan', 'Zoom', 'StackScroll', 'WindowLevel', 'Length', 'Crosshairs', 'TrackballRotateTool'];
const toolNames = Object.fromEntries(names.map(name => [name, name]));

function toolGroups(): ReadonlyMap<string, ToolGroupTools> {
  const groups = new Map<string, ToolGroupTools>();
  const parameters = {
    extensionManager: { getModuleEntry: () => ({ exports: { toolNames, Enums } }) },
    servicesManager: {
      services: {
        toolGroupService: {
          createToolGroupAndAddTools: (id: string, tools: ToolGroupTools) => groups.set(id, tools),
        },
      },
    },
  };
  createToolGroups(parameters as unknown as ModeParameters);
  return groups;
}

const activeIn = (group: string, tool: string): ToolEntry | undefined =>
  toolGroups()
    .get(group)
    ?.active.find(({ toolName }) => toolName === tool);

it.each(['default', 'mpr'])('zooms with two fingers and pages with three in the group %s', group => {
  expect(activeIn(group, 'Zoom')?.bindings).toEqual([{ mouseButton: 2 }, { numTouchPoints: 2 }]);
  expect(activeIn(group, 'StackScroll')?.bindings).toEqual([{ mouseButton: 524288 }, { numTouchPoints: 3 }]);
});

it('zooms with two fingers and pans with three in the group volume3d', () => {
  expect(activeIn('volume3d', 'Zoom')?.bindings).toContainEqual({ numTouchPoints: 2 });
  expect(activeIn('volume3d', 'Pan')?.bindings).toContainEqual({ numTouchPoints: 3 });
});
