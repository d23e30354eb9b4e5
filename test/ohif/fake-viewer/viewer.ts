/**
 * A viewer small enough to look into: one stack viewport over images of one series, a cache, and cornerstone's segmentation state. It keeps
 * the rules that the extension relies on (a new representation becomes the active one; removal frees), nothing more.
 */
import type { Cornerstone, CornerstoneTools } from '../../../extension/src/ohif/host/cornerstone-types';
import { Host } from '../../../extension/src/ohif/host/host';
import type { DisplaySet, Services } from '../../../extension/src/ohif/host/host-types';
import { FakeCine } from './cine';
import { FakeCommands } from './commands';
import { FakeDataSource } from './data-source';
import { FakeHistory } from './history';
import { FakeImages, IMAGE_REMOVED } from './images';
import { segmentationService } from './segmentation-service';
import { segmentationTools } from './segmentation-tools';
import { FakeSegmentations, SEGMENTATION_REMOVED } from './segmentations';
import { FakeViewport, viewportEvents } from './viewport';

export class FakeViewer {
  /** Cornerstone's own: what leaves its cache, and which segmentation is removed. */
  private readonly eventTarget = new EventTarget();
  readonly imageIds: readonly string[];
  readonly images = new FakeImages(this.eventTarget);
  readonly viewport: FakeViewport;
  readonly segmentations: FakeSegmentations;
  readonly history = new FakeHistory();
  readonly cine = new FakeCine();
  hasPlayer = true;
  readonly commands = new FakeCommands();
  readonly dataSource = new FakeDataSource();
  readonly displaySets = new Map<string, DisplaySet>();
  /** By `<type> <image>`. */
  readonly metadata = new Map<string, object>();
  readonly customizations = new Map<string, unknown>();
  /** Claims of whoever is logged in; null: nobody is. */
  user: { readonly iss?: unknown; readonly sub?: unknown } | null = null;
  readonly host: Host;
  private idsMade = 0;

  /** `count`: images of the series. */
  constructor(count = 3) {
    this.imageIds = Array.from({ length: count }, (_, i) => `image-${i}`);
    for (const id of this.imageIds) this.images.add(id);
    this.displaySets.set('series', { displaySetInstanceUID: 'series', imageIds: this.imageIds });
    this.viewport = new FakeViewport(this.eventTarget, this.imageIds);
    this.segmentations = new FakeSegmentations(
      this.images,
      this.imageIds,
      this.displaySets,
      this.eventTarget,
    );
    const libraries = { cornerstone: this.cornerstone(), cornerstoneTools: this.tools() };
    this.host = new Host({
      servicesManager: { services: this.services(), registerService: () => undefined },
      commandsManager: this.commands,
      extensionManager: {
        getActiveDataSource: () => [this.dataSource.source()],
        getActiveDataSourceDefinition: () => this.dataSource.definition(),
        getModuleEntry: () => ({ exports: { getCornerstoneLibraries: () => libraries } }),
      },
    });
  }

  /** Draws the viewport as it is: what was shown since the last time is drawn from now on. */
  render(): void {
    this.viewport.show(this.segmentations.actors());
  }

  private services(): Services {
    const { cine } = this;
    const hasPlayer = (): boolean => this.hasPlayer;
    return {
      get cineService() {
        return hasPlayer() ? cine.service : undefined;
      },
      viewportGridService: this.viewport.gridService,
      cornerstoneViewportService: this.viewport.viewportService,
      displaySetService: {
        getDisplaySetByUID: uid => this.displaySets.get(uid),
        deleteDisplaySet: uid => void this.displaySets.delete(uid),
      },
      customizationService: {
        getCustomization: id => this.customizations.get(id),
        setCustomizations: wanted => {
          for (const [id, { $set }] of Object.entries(wanted)) this.customizations.set(id, $set);
        },
      },
      userAuthenticationService: { getUser: () => (this.user === null ? null : { profile: this.user }) },
      toolbarService: { refreshToolbarState: () => undefined },
      segmentationService: segmentationService(this.segmentations),
    };
  }

  private cornerstone(): Cornerstone {
    return {
      Enums: {
        Events: {
          ...viewportEvents,
          IMAGE_CACHE_IMAGE_REMOVED: IMAGE_REMOVED,
          IMAGE_LOAD_FAILED: 'load-failed',
        },
      },
      eventTarget: this.eventTarget,
      cache: this.images.cache,
      metaData: { get: (type, id) => this.metadata.get(`${type} ${id}`) },
      imageLoader: this.images.imageLoader,
      utilities: {
        uuidv4: () => `made-${++this.idsMade}`,
        updateVTKImageDataWithCornerstoneImage: () => undefined,
        HistoryMemo: { DefaultHistoryMemo: this.history },
      },
      getEnabledElements: () => [{ viewport: this.viewport }],
      getEnabledElementByViewportId: () => ({ viewport: this.viewport }),
    };
  }

  private tools(): CornerstoneTools {
    class BaseTool {
      static toolName = '';
      mode = 'Active';
    }
    const draw = this.viewport.render;
    return {
      Enums: { MouseBindings: {}, KeyboardBindings: {}, Events: { SEGMENTATION_REMOVED } },
      BaseTool,
      addTool: () => undefined,
      removeTool: () => undefined,
      segmentation: segmentationTools(this.segmentations, draw),
      utilities: {
        triggerAnnotationRenderForViewportIds: () => undefined,
        segmentation: { triggerSegmentationRender: draw },
      },
    };
  }
}
