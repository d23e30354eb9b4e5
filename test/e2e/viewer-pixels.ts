import type {} from './host-window';

/** Where functions run inside of a page: of Playwright, or of a driver of another browser. */
export interface Evaluating {
  evaluate<Result>(act: () => Result): Promise<Result>;
  evaluate<Result, Given>(act: (given: Given) => Result, given: Given): Promise<Result>;
}

/** Prefix of the segmentations in which the plugin draws its proposals. */
export const overlayPrefix = 'spa-overlay:';

/** Pixels of every segment on every image: `<SOP instance UID>#<segment>` -> row-major indices, ascending. */
export type SegmentPixels = Record<string, number[]>;

/** Reads in the viewer's own memory what segmentations hold. */
export class ViewerPixels {
  constructor(private readonly page: Evaluating) {}

  /** What is drawn over the image as the recommended mask. */
  async recommended(): Promise<SegmentPixels> {
    return this.of(`${overlayPrefix}recommended`);
  }

  async recommendedCovers(x: number, y: number): Promise<boolean> {
    const [pixels] = Object.values(await this.recommended());
    const columns = await this.page.evaluate(() => {
      const imageId =
        window.cornerstone.getRenderingEngines()[0]?.getViewports()[0]?.getCurrentImageId() ?? '';
      const module = window.cornerstone.metaData.get('imagePixelModule', imageId);
      return (module as { columns?: number } | undefined)?.columns ?? 0;
    });
    return (pixels ?? []).includes(y * columns + x);
  }

  /** The viewer's own segmentation on the image on show. */
  async segmentation(): Promise<SegmentPixels> {
    const all = await this.allSegmentations();
    const current = await this.page.evaluate(() => {
      const imageId =
        window.cornerstone.getRenderingEngines()[0]?.getViewports()[0]?.getCurrentImageId() ?? '';
      return window.cornerstone.metaData.get('sopCommonModule', imageId)?.sopInstanceUID ?? '';
    });
    return Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith(`${current}#`)));
  }

  /** Of the image on show, in mm². */
  async areaOfPixel(): Promise<number> {
    return this.page.evaluate(() => {
      const imageId =
        window.cornerstone.getRenderingEngines()[0]?.getViewports()[0]?.getCurrentImageId() ?? '';
      const plane = window.cornerstone.metaData.get('imagePlaneModule', imageId) as
        { rowPixelSpacing?: number; columnPixelSpacing?: number } | undefined;
      return (plane?.rowPixelSpacing ?? NaN) * (plane?.columnPixelSpacing ?? NaN);
    });
  }

  async allSegmentations(): Promise<SegmentPixels> {
    return this.of(null);
  }

  /** `segmentationId` null: all that are not overlays. */
  private async of(segmentationId: string | null): Promise<SegmentPixels> {
    return this.page.evaluate(
      ([wanted, prefix]) => {
        const { cache, metaData } = window.cornerstone;
        const pixels: Record<string, number[]> = {};
        for (const segmentation of window.cornerstoneTools.segmentation.state.getSegmentations()) {
          const isOverlay = segmentation.segmentationId.startsWith(prefix);
          if (wanted === null ? isOverlay : segmentation.segmentationId !== wanted) continue;
          for (const imageId of segmentation.representationData.Labelmap?.imageIds ?? []) {
            const image = cache.getImage(imageId);
            if (image === undefined) continue;
            const source = metaData.get('sopCommonModule', image.referencedImageId ?? '')?.sopInstanceUID;
            Array.from(image.voxelManager.getScalarData()).forEach((segment, index) => {
              if (segment !== 0) (pixels[`${source}#${segment}`] ??= []).push(index);
            });
          }
        }
        return pixels;
      },
      [segmentationId, overlayPrefix] as const,
    );
  }
}
