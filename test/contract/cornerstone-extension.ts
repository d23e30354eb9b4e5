/** What this extension needs of `@ohif/extension-cornerstone`, as an extension for the real managers: the renderer needs a browser. */
import type { Viewport } from '../../extension/src/ohif/host/cornerstone-types';

export interface ToolGroups {
  readonly created: Map<
    string,
    { active: { toolName: string; bindings?: { mouseButton?: number; modifierKey?: number }[] }[] }
  >;
}

export function cornerstoneExtension(groups: ToolGroups) {
  const tools = new Set<string>();
  class BaseTool {
    static toolName = '';
    mode = 'Disabled';
  }
  const subscribe = () => ({ unsubscribe: () => undefined });
  const cornerstone = {
    Enums: { Events: {} },
    eventTarget: new EventTarget(),
    cache: {
      getImage: () => undefined,
      getImageLoadObject: () => undefined,
      removeImageLoadObject: () => undefined,
    },
    metaData: { get: () => undefined },
    utilities: {},
    getEnabledElements: (): { viewport: Viewport }[] => [],
  };
  const cornerstoneTools = {
    BaseTool,
    Enums: { MouseBindings: { Primary: 1 }, KeyboardBindings: { Shift: 16, Ctrl: 17, Alt: 18 }, Events: {} },
    addTool: (tool: { toolName: string }) => tools.add(tool.toolName),
    removeTool: (tool: { toolName: string }) => tools.delete(tool.toolName),
    utilities: { triggerAnnotationRenderForViewportIds: () => undefined },
  };
  const services = {
    segmentationService: {
      EVENTS: {},
      subscribe,
      getSegmentations: () => [],
      getSegmentationRepresentations: () => [],
      getActiveSegmentation: () => undefined,
      destroy: () => undefined,
    },
    viewportGridService: {
      EVENTS: {},
      subscribe,
      getActiveViewportId: () => null,
      getDisplaySetsUIDsForViewport: () => [],
    },
    cornerstoneViewportService: { getCornerstoneViewport: () => null, destroy: () => undefined },
    displaySetService: {
      EVENTS: { DISPLAY_SETS_ADDED: 'added' },
      subscribe,
      getDisplaySetByUID: () => undefined,
      deleteDisplaySet: () => undefined,
    },
    measurementService: { clearMeasurements: () => undefined },
    uiDialogService: { hideAll: () => undefined },
    uiModalService: { hide: () => undefined },
    syncGroupService: { destroy: () => undefined },
    toolGroupService: {
      createToolGroupAndAddTools: (id: string, wanted: never) => groups.created.set(id, wanted),
      destroy: () => groups.created.clear(),
    },
  };
  return {
    tools,
    extension: {
      id: '@ohif/extension-cornerstone',
      preRegistration: ({ servicesManager }: { servicesManager: { registerService(r: object): void } }) => {
        for (const [name, service] of Object.entries(services)) {
          servicesManager.registerService({ name, create: () => service });
        }
      },
      getUtilityModule: () => [
        { name: 'common', exports: { getCornerstoneLibraries: () => ({ cornerstone, cornerstoneTools }) } },
        {
          name: 'tools',
          exports: {
            toolNames: { Pan: 'Pan', Zoom: 'Zoom', StackScroll: 'StackScroll', WindowLevel: 'WindowLevel' },
            Enums: {
              MouseBindings: { Primary: 1, Secondary: 2, Auxiliary: 4, Wheel: 524288 },
              KeyboardBindings: { Shift: 16, Ctrl: 17, Alt: 18 },
            },
          },
        },
      ],
      getCommandsModule: () => ({
        definitions: { undo: () => 'undone by the host', redo: () => 'redone by the host' },
        defaultContext: 'CORNERSTONE',
      }),
    },
  };
}
