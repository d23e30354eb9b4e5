/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import extension from '../../extension/src/index';
import extensionPackage from '../../extension/package.json' with { type: 'json' };
import type { SpaService } from '../../extension/src/ohif/spa-service';
import { SPA_TOOL } from '../../extension/src/ohif/tool/spa-tool';
import mode from '../../mode/src/index';
import modePackage from '../../mode/package.json' with { type: 'json' };
import { cornerstoneExtension, type ToolGroups } from './cornerstone-extension';
import {
  loadOhifCore,
  type RealCommandsManager,
  type RealExtensionManager,
  type RealServicesManager,
} from './ohif-core';

const core = loadOhifCore();

interface Host {
  readonly servicesManager: RealServicesManager;
  readonly commandsManager: RealCommandsManager;
  readonly extensionManager: RealExtensionManager;
  readonly tools: Set<string>;
  readonly toolGroups: ToolGroups;
}

/** The worker that the engine asks for: it never answers, which is what a slow network looks like. */
class SilentWorker {
  static made = 0;
  static ended = 0;
  constructor() {
    SilentWorker.made++;
  }
  addEventListener(): void {}
  postMessage(): void {}
  terminate(): void {
    SilentWorker.ended++;
  }
}

async function startHost(): Promise<Host> {
  const commandsManager = new core.CommandsManager();
  const servicesManager = new core.ServicesManager(commandsManager);
  const toolGroups: ToolGroups = { created: new Map() };
  const cornerstone = cornerstoneExtension(toolGroups);
  const extensionManager = new core.ExtensionManager({
    commandsManager,
    servicesManager,
    appConfig: {},
  });
  Object.assign(servicesManager, { extensionManager, _extensionManager: extensionManager });
  servicesManager.registerService(core.CustomizationService.REGISTRATION);
  servicesManager.registerService(core.ToolbarService.REGISTRATION);
  await extensionManager.registerExtensions([cornerstone.extension, extension]);
  return { commandsManager, servicesManager, extensionManager, tools: cornerstone.tools, toolGroups };
}

const spa = (host: Host): SpaService => host.servicesManager.services['spaService'] as SpaService;

let host: Host;

beforeEach(async () => {
  Object.assign(globalThis, { Worker: SilentWorker });
  URL.createObjectURL = () => 'blob:http://localhost/worker';
  URL.revokeObjectURL = () => undefined;
  SilentWorker.made = 0;
  SilentWorker.ended = 0;
  jest.spyOn(console, 'error').mockImplementation((...words) => {
    throw new Error(`The host complains: ${words.join(' ')}`);
  });
  host = await startHost();
});

afterEach(() => {
  spa(host).exit();
  jest.restoreAllMocks();
});

it('registers under the names of the packages', () => {
  expect(host.extensionManager.getRegisteredExtensionIds()).toContain(extensionPackage.name);
  expect(extension.id).toBe(extensionPackage.name);
  expect(mode.id).toBe(modePackage.name);
});

it('offers the panel that the mode puts first on the right, with an icon and a component', () => {
  const { routes } = mode.modeFactory();
  const { rightPanels } = (routes[0] as (typeof routes)[number]).layoutTemplate(host as never).props;
  const panel = host.extensionManager.getModuleEntry(rightPanels[0] as string);
  expect(panel).toMatchObject({ name: 'spa', iconName: expect.any(String), component: expect.any(Function) });
});

it('offers its defaults as customizations that a deployment can override', () => {
  const entry = host.extensionManager.getModuleEntry(`${extension.id}.customizationModule.default`);
  expect(entry).toMatchObject({
    value: { 'spa.bundle': '', 'spa.bundles': [], 'spa.colours': { recommended: [255, 176, 32] } },
  });
});

it('brings the panel’s intents as commands of the host', () => {
  for (const name of ['spaAccept', 'spaCancel', 'spaUndo', 'spaRedo', 'spaForget', 'spaExportSegmentation']) {
    expect(host.commandsManager.getCommand(name, 'CORNERSTONE')).toBeDefined();
  }
});

it('takes the tool in hand whatever a mode calls its tool groups: the host looks in all of them unless some are named', () => {
  const asked: object[] = [];
  host.commandsManager.registerCommand('CORNERSTONE', 'setToolActiveToolbar', {
    commandFn: (options: object) => asked.push(options),
  });
  host.commandsManager.run('spaActivateTool');
  expect(asked).toEqual([expect.objectContaining({ toolName: SPA_TOOL })]);
  expect(asked[0]).not.toHaveProperty('toolGroupIds');
});

it('loads nothing before its mode is entered', () => {
  expect(SilentWorker.made).toBe(0);
  expect(spa(host).store.getSnapshot().state).toBe('idle');
});

it('enters the mode: tool groups with the tool on the primary button and every modifier, the model on its way', () => {
  mode.modeFactory().onModeEnter(host as never);
  expect(spa(host).store.getSnapshot().state).toBe('loading');
  expect(SilentWorker.made).toBe(1);
  expect(host.tools).toContain(SPA_TOOL);
  const [first] = host.toolGroups.created.get('default')?.active ?? [];
  expect(first?.toolName).toBe(SPA_TOOL);
  expect(first?.bindings).toEqual([
    { mouseButton: 1 },
    { mouseButton: 1, modifierKey: 16 },
    { mouseButton: 1, modifierKey: 17 },
    { mouseButton: 1, modifierKey: 18 },
  ]);
});

it('puts its button first into the host’s toolbar', () => {
  mode.modeFactory().onModeEnter(host as never);
  const { toolbarService } = host.servicesManager.services as unknown as {
    toolbarService: { getButton(id: string): unknown; state: { buttonSections: Record<string, string[]> } };
  };
  expect(toolbarService.getButton(SPA_TOOL)).toMatchObject({ uiType: 'ohif.toolButton' });
  expect(toolbarService.state.buttonSections['primary']?.slice(0, 3)).toEqual([
    SPA_TOOL,
    'WindowLevel',
    'Pan',
  ]);
});

it('hides its overlays from the host’s lists while the mode is on, and only then', () => {
  const service = host.servicesManager.services['segmentationService'] as { getSegmentations(): unknown[] };
  const own = service.getSegmentations;
  Object.assign(service, {
    getSegmentations: () => [
      { segmentationId: 'spa-overlay:recommended' },
      { segmentationId: 'of the user' },
    ],
  });
  const before = service.getSegmentations;
  spa(host).enter();
  expect(service.getSegmentations()).toEqual([{ segmentationId: 'of the user' }]);
  spa(host).exit();
  expect(service.getSegmentations).toBe(before);
  Object.assign(service, { getSegmentations: own });
});

it('leaves the host’s undo to the host while there is no round, and gives it back at the end', () => {
  const original = host.commandsManager.getCommand('undo', 'CORNERSTONE');
  spa(host).enter();
  expect(host.commandsManager.run('undo')).toBe('undone by the host');
  spa(host).exit();
  expect(host.commandsManager.getCommand('undo', 'CORNERSTONE')).toBe(original);
});

it('leaves nothing behind when the host leaves any mode', () => {
  mode.modeFactory().onModeEnter(host as never);
  host.extensionManager.onModeExit();
  expect(host.tools.size).toBe(0);
  expect(SilentWorker.ended).toBe(1);
  expect(spa(host).store.getSnapshot().state).toBe('idle');
});

it('names the module of the extension by its address, which is how released viewers load it', () => {
  expect(Object.keys(mode.extensionDependencies)).toContainEqual(expect.stringMatching(/\/extension\.js$/));
});
