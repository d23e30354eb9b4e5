import type { Host } from '../host/host';
import type { LabelmapStyle, Segment, Viewport } from '../host/cornerstone-types';
import { hideDisplaySet, OVERLAY_PREFIX } from './veil';

/** Where a layer lies: the only image that it has, in the only viewport that shows it. */
export interface LayerPlace {
  readonly viewportId: string;
  readonly imageId: string;
}

/**
 * One overlay as cornerstone knows it: a segmentation with a labelmap for a single image and its representation in one viewport. Ids of
 * segmentation and image are always the same, so that what the host keeps of them (metadata, styles) does not grow.
 */
export class LabelmapLayer {
  private place: LayerPlace | null = null;
  private style = '';
  readonly segmentationId: string;
  private readonly labelmapImageId: string;

  constructor(
    private readonly host: Host,
    name: string,
    private readonly segmentLabels: readonly number[],
  ) {
    this.segmentationId = `${OVERLAY_PREFIX}${name}`;
    this.labelmapImageId = `${OVERLAY_PREFIX}image:${name}`;
  }

  /**
   * Shows the labelmap that `paint` writes (row-major, all 0 before) over the image at `place`.
   * `colourTable`: index of the host's colour table.
   */
  show(place: LayerPlace, colourTable: number, paint: (labelmap: Uint8Array) => void): void {
    if (this.place?.imageId !== place.imageId || this.place.viewportId !== place.viewportId) this.remove();
    const { cornerstone, tools } = this.host;
    if (this.place !== null) {
      const image = cornerstone.cache.getImage(this.labelmapImageId);
      if (image !== undefined) {
        const pixels = image.getPixelData() as Uint8Array;
        pixels.fill(0);
        paint(pixels);
        this.refreshTexture(place.viewportId);
        return;
      }
      // The host emptied its cache.
      this.remove();
    }
    const image = cornerstone.imageLoader.createAndCacheDerivedLabelmapImage(place.imageId, {
      imageId: this.labelmapImageId,
    });
    paint(image.voxelManager.getScalarData() as Uint8Array);
    tools.segmentation.addSegmentations([
      {
        segmentationId: this.segmentationId,
        representation: {
          type: 'Labelmap',
          data: { imageIds: [this.labelmapImageId], referencedImageIds: [place.imageId] },
        },
        config: { label: this.segmentationId, segments: this.segments() },
      },
    ]);
    hideDisplaySet(this.host, this.segmentationId);
    tools.segmentation.addSegmentationRepresentations(place.viewportId, [
      { segmentationId: this.segmentationId, type: 'Labelmap', config: { colorLUTOrIndex: colourTable } },
    ]);
    this.place = place;
  }

  /** Returns whether anything changed. */
  setStyle(style: LabelmapStyle): boolean {
    if (this.place === null) return false;
    const signature = JSON.stringify(style);
    if (signature === this.style) return false;
    this.style = signature;
    // Written for active and inactive segmentations alike: an overlay is never the active one.
    this.host.tools.segmentation.config.style.setStyle(
      { segmentationId: this.segmentationId, type: 'Labelmap' },
      {
        ...style,
        renderFillInactive: style.renderFill,
        fillAlphaInactive: style.fillAlpha,
        renderOutlineInactive: style.renderOutline,
        outlineWidthInactive: style.outlineWidth,
        outlineOpacityInactive: style.outlineOpacity,
        activeSegmentOutlineWidthDelta: 0,
      },
      false,
    );
    return true;
  }

  /** Takes the layer out of the viewport, the segmentation state and the cache. */
  remove(): void {
    if (this.place === null) return;
    const { cornerstone, tools } = this.host;
    tools.segmentation.removeSegmentationRepresentations(this.place.viewportId, {
      segmentationId: this.segmentationId,
      type: 'Labelmap',
    });
    if (tools.segmentation.state.getSegmentation(this.segmentationId) !== undefined) {
      tools.segmentation.state.removeSegmentation(this.segmentationId);
    }
    tools.segmentation.config.style.clearSegmentationStyle?.(this.segmentationId);
    if (cornerstone.cache.getImageLoadObject(this.labelmapImageId) !== undefined) {
      cornerstone.cache.removeImageLoadObject(this.labelmapImageId, { force: true });
    }
    this.place = null;
    this.style = '';
  }

  /** Locked, so that the host's brush cannot draw into an overlay. */
  private segments(): Record<number, Segment> {
    return Object.fromEntries(
      this.segmentLabels.map(segmentIndex => [
        segmentIndex,
        { segmentIndex, label: this.segmentationId, locked: true, active: false },
      ]),
    );
  }

  /** Tells the renderer of new pixels without the host's "data modified" event, which has it compute statistics of a real segmentation. */
  private refreshTexture(viewportId: string): void {
    const viewport: Viewport | null = this.host.viewport(viewportId);
    const image = this.host.cornerstone.cache.getImage(this.labelmapImageId);
    if (viewport === null || image === undefined) return;
    for (const entry of viewport.getActors()) {
      if (entry.referencedId !== this.labelmapImageId) continue;
      const imageData = entry.actor.getMapper().getInputData();
      imageData.modified();
      if (imageData.setDerivedImage) imageData.setDerivedImage(image);
      else this.host.cornerstone.utilities.updateVTKImageDataWithCornerstoneImage(imageData, image);
    }
    viewport.render();
  }
}
