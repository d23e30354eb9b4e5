import { KeptLabelmaps } from './kept-labelmaps';
import type { Cornerstone, CornerstoneTools, Viewport } from './cornerstone-types';
import type {
  CommandsManager,
  CornerstoneLibraries,
  DataSource,
  HostParameters,
  Services,
} from './host-types';
import { reasons } from '../../text';

const COMMON_UTILITIES = '@ohif/extension-cornerstone.utilityModule.common';

/** The viewer in which the extension runs: its services, its commands and its own copy of cornerstone. */
export class Host {
  private libraries: CornerstoneLibraries | null = null;
  /** Those that masks were accepted into: they outlive their place in the viewer's cache. */
  readonly labelmaps = new KeptLabelmaps(this);

  constructor(private readonly parameters: HostParameters) {}

  get services(): Services {
    return this.parameters.servicesManager.services;
  }

  get commands(): CommandsManager {
    return this.parameters.commandsManager;
  }

  get cornerstone(): Cornerstone {
    return this.cornerstoneLibraries().cornerstone;
  }

  get tools(): CornerstoneTools {
    return this.cornerstoneLibraries().cornerstoneTools;
  }

  /** Null while the viewport does not exist (layout changes, series still loading). */
  viewport(viewportId: string): Viewport | null {
    return this.services.cornerstoneViewportService.getCornerstoneViewport(viewportId) ?? null;
  }

  activeViewport(): Viewport | null {
    const id = this.services.viewportGridService.getActiveViewportId();
    return id === null || id === undefined ? null : this.viewport(id);
  }

  /** Whether the data source in use takes files: told by its configuration, as the host itself judges where it lets its user store. */
  canStoreDicom(): boolean {
    const { configuration } = this.parameters.extensionManager.getActiveDataSourceDefinition?.() ?? {};
    const takesFiles = configuration?.supportsStow ?? configuration?.wadoRoot !== undefined;
    return takesFiles && this.dataSourceStore()?.dicom !== undefined;
  }

  /** Sends a DICOM file to the data source in use. */
  async storeDicom(file: ArrayBuffer): Promise<void> {
    if (!this.canStoreDicom()) throw new Error(reasons.takesNoFiles);
    await this.dataSourceStore()?.dicom?.(file);
  }

  private dataSourceStore(): DataSource['store'] {
    return this.parameters.extensionManager.getActiveDataSource?.()?.[0]?.store;
  }

  private cornerstoneLibraries(): CornerstoneLibraries {
    if (this.libraries === null) {
      const entry = this.parameters.extensionManager.getModuleEntry(COMMON_UTILITIES);
      const exports = entry?.exports as { getCornerstoneLibraries(): CornerstoneLibraries } | undefined;
      if (exports === undefined) {
        throw new Error(
          `${COMMON_UTILITIES} is missing: add @ohif/extension-cornerstone to the viewer's configuration.`,
        );
      }
      this.libraries = exports.getCornerstoneLibraries();
    }
    return this.libraries;
  }
}
