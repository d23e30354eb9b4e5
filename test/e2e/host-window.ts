/** The parts of the host that it hangs on `window`, as far as the tests look at them. */
export interface HostViewport {
  readonly type: string;
  readonly id: string;
  getImageData(): { imageData: { indexToWorld(index: number[]): number[] } };
  worldToCanvas(world: number[]): [number, number];
  readonly canvas: HTMLCanvasElement;
  getCurrentImageId(): string;
  /** What a stack draws: while it loads another image, the one before. */
  getCornerstoneImage?(): { readonly imageId: string } | undefined;
  getImageIds(): string[];
  setImageIdIndex(index: number): Promise<unknown>;
  setZoom(zoom: number): void;
  getPan(): [number, number];
  setPan(pan: [number, number]): void;
  getActors(): { readonly actor: object; readonly referencedId?: string }[];
  setViewPresentation(presentation: { rotation?: number; flipHorizontal?: boolean }): void;
  render(): void;
}
interface HostImage {
  readonly imageId: string;
  readonly referencedImageId?: string;
  readonly voxelManager: { getScalarData(): ArrayLike<number> };
}
declare global {
  interface Window {
    cornerstone: {
      getRenderingEngines(): { getViewports(): HostViewport[] }[];
      eventTarget: EventTarget;
      cache: { getImage(imageId: string): HostImage | undefined };
      metaData: { get(type: string, imageId: string): { sopInstanceUID?: string } | undefined };
    };
    cornerstoneTools: {
      Enums: { Events: { SEGMENTATION_MODIFIED: string; readonly SEGMENTATION_REMOVED: string } };
      segmentation: {
        state: {
          getSegmentations(): {
            segmentationId: string;
            representationData: { Labelmap?: { imageIds?: string[] } };
          }[];
        };
      };
    };
    commandsManager: { runCommand(name: string, options: object): unknown };
    services: {
      segmentationService: {
        getSegmentations(): { segmentationId: string; label: string }[];
        getSegmentationRepresentations(viewportId: string): readonly object[];
        createLabelmapForDisplaySet(displaySet: object, options: object): Promise<string>;
        addSegmentationRepresentation(viewportId: string, options: object): Promise<void>;
      };
      displaySetService: { getActiveDisplaySets(): object[] };
      customizationService: { getCustomization(id: string): unknown };
      viewportGridService: { getActiveViewportId(): string };
    };
  }
}
