/** The host's real managers, from the UMD build in which `@ohif/core` is published: the package has neither modules nor types. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { CommandDefinition } from '../../extension/src/ohif/host/host-types';

export interface RealServicesManager {
  readonly services: Record<string, object>;
  registerService(registration: object): void;
}

export interface RealCommandsManager {
  createContext(name: string): void;
  registerCommand(context: string, name: string, definition: CommandDefinition): void;
  getCommand(name: string, context?: string): CommandDefinition | undefined;
  run(name: string, options?: object): unknown;
}

export interface RealExtensionManager {
  registerExtensions(extensions: readonly object[]): Promise<void>;
  getRegisteredExtensionIds(): string[];
  getModuleEntry(
    id: string,
  ): { readonly exports: unknown; readonly component?: unknown; readonly name: string } | undefined;
  onModeExit(): void;
}

export interface OhifCore {
  readonly ServicesManager: new (commandsManager: RealCommandsManager) => RealServicesManager;
  readonly CommandsManager: new () => RealCommandsManager;
  readonly ExtensionManager: new (parameters: object) => RealExtensionManager;
  readonly CustomizationService: { readonly REGISTRATION: object };
  readonly ToolbarService: { readonly REGISTRATION: object };
}

/** Needed to load the build, used by none of the managers: renderer and metadata come with extensions of the host. */
const standIns = new Set(['@cornerstonejs/core', '@cornerstonejs/metadata']);

export function loadOhifCore(): OhifCore {
  const require = createRequire(import.meta.url);
  const source = readFileSync(require.resolve('@ohif/core'), 'utf8');
  const module: { exports: unknown } = { exports: {} };
  const resolve = (name: string): unknown => (standIns.has(name) ? standIn() : require(name));
  new Function('module', 'exports', 'require', source)(module, module.exports, resolve);
  return module.exports as OhifCore;
}

/** Any name of a module that is only looked at while the build is loaded. */
function standIn(): object {
  return new Proxy({}, { get: (_, name) => (name === '__esModule' ? true : function StandIn() {}) });
}
