import type { Host } from '../host/host';
import type { LabelmapStyle, Segment, SegmentationStyles } from '../host/cornerstone-types';
import { isSamePlace, type ImagePlace } from '../host/image-place';
import { hideDisplaySet, isOverlay, OVERLAY_PREFIX } from './veil';

/**
 * One overlay as cornerstone knows it: a segmentation with a labelmap for a single image and its representation in one viewport. Ids of
 * segmentation and image are always the same, so that what the host keeps of them (metadata, styles) does not grow.
 */
export class LabelmapLayer {
  /** Where it lies: on the only image that it has, in the only viewport that shows it. */
  private place: ImagePlace | null = null;
  private style = '';
  readonly segmentationId: string;
  private readonly labelmapImageId: string;

  constructor(
    private readonly host: Host,
    name: string,
    private readonly segmentLabels: readonly number[],
    /** The label whose outline is not drawn, if there is one. */
    private readonly silentLabel: number | null = null,
  ) {
    this.segmentationId = `${OVERLAY_PREFIX}${name}`;
    this.labelmapImageId = `${OVERLAY_PREFIX}image:${name}`;
  }

  /**
   * Shows the labelmap that `paint` writes (row-major, `width` pixels a row, all 0 before) over the image at `place`: one that is new with
   * the host's next frame, one that was there with the next frame of the viewport that the caller asks for.
   * `colourTable`: index of the host's colour table.
   */
  show(place: ImagePlace, colourTable: number, paint: (labelmap: Uint8Array, width: number) => void): void {
    if (!isSamePlace(this.place, place)) this.remove();
    const { cornerstone, tools } = this.host;
    if (this.place !== null) {
      const image = cornerstone.cache.getImage(this.labelmapImageId);
      if (image !== undefined) {
        const pixels = image.getPixelData() as Uint8Array;
        pixels.fill(0);
        paint(pixels, image.columns);
        this.refreshTexture(place.viewportId);
        return;
      }
      // The host emptied its cache.
      this.remove();
    }
    const active = tools.segmentation.activeSegmentation.getActiveSegmentation(place.viewportId);
    const image = cornerstone.imageLoader.createAndCacheDerivedLabelmapImage(place.imageId, {
      imageId: this.labelmapImageId,
    });
    paint(image.voxelManager.getScalarData() as Uint8Array, image.columns);
    tools.segmentation.addSegmentations(
      [
        {
          segmentationId: this.segmentationId,
          representation: {
            type: 'Labelmap',
            data: { imageIds: [this.labelmapImageId], referencedImageIds: [place.imageId] },
          },
          config: { label: this.segmentationId, segments: this.segments() },
        },
      ],
      // It is not in a viewport yet: there is nothing to draw.
      true,
    );
    hideDisplaySet(this.host, this.segmentationId);
    tools.segmentation.addSegmentationRepresentations(place.viewportId, [
      { segmentationId: this.segmentationId, type: 'Labelmap', config: { colorLUTOrIndex: colourTable } },
    ]);
    this.keepActive(place.viewportId, active?.segmentationId);
    this.place = place;
  }

  /** Whether the renderer of the viewport has taken the layer up: it does so in a later frame than the one that shows it. */
  isMounted(): boolean {
    if (this.place === null) return false;
    const actors = this.host.viewport(this.place.viewportId)?.getActors() ?? [];
    return actors.some(entry => entry.referencedId === this.labelmapImageId);
  }

  /** Returns whether anything changed: it is to be seen in the next frame of segmentations, which the caller asks for. */
  setStyle(style: LabelmapStyle): boolean {
    if (this.place === null) return false;
    const signature = JSON.stringify(style);
    if (signature === this.style) return false;
    this.style = signature;
    // Written for active and inactive segmentations alike: an overlay is never the active one.
    this.styles.setStyle(
      { segmentationId: this.segmentationId, type: 'Labelmap' },
      {
        ...style,
        renderFillInactive: style.renderFill,
        fillAlphaInactive: style.fillAlpha,
        renderOutlineInactive: style.renderOutline,
        outlineWidthInactive: style.outlineWidth,
        outlineOpacityInactive: style.outlineOpacity,
        // The only way to give one label of a segmentation another width: it is the active one.
        activeSegmentOutlineWidthDelta: this.silentLabel === null ? 0 : -style.outlineWidth,
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
    this.styles.clearSegmentationStyle?.(this.segmentationId);
    if (cornerstone.cache.getImageLoadObject(this.labelmapImageId) !== undefined) {
      cornerstone.cache.removeImageLoadObject(this.labelmapImageId, { force: true });
    }
    this.place = null;
    this.style = '';
  }

  /**
   * Locked, so that the host's brush cannot draw into an overlay. One is the active one from the start: else the host makes one of them
   * so, and tells everyone.
   */
  private segments(): Record<number, Segment> {
    const active = this.silentLabel ?? this.segmentLabels[0];
    return Object.fromEntries(
      this.segmentLabels.map(segmentIndex => [
        segmentIndex,
        { segmentIndex, label: this.segmentationId, locked: true, active: segmentIndex === active },
      ]),
    );
  }

  /** Cornerstone makes every new representation the active one: the host's own stays active, or none is. */
  private keepActive(viewportId: string, active: string | undefined): void {
    const { activeSegmentation, state } = this.host.tools.segmentation;
    if (active !== undefined && !isOverlay(active)) {
      activeSegmentation.setActiveSegmentation(viewportId, active);
    } else {
      for (const representation of state.getSegmentationRepresentations(viewportId)) {
        if (isOverlay(representation.segmentationId)) representation.active = false;
      }
    }
    // What is not active shows only where inactive segmentations do.
    if (this.styles.getRenderInactiveSegmentations(viewportId) !== true) {
      this.styles.setRenderInactiveSegmentations(viewportId, true);
    }
  }

  /**
   * The host draws one frame after the other for all the requests that came while it waited for one, all alike. So none is made that is
   * not needed: without graphics card each takes a quarter of a second.
   */
  private get styles(): SegmentationStyles {
    const { segmentationStyle, config } = this.host.tools.segmentation;
    return segmentationStyle ?? config.style;
  }

  /** Tells the renderer of new pixels without the host's "data modified" event, which has it compute statistics of a real segmentation. */
  private refreshTexture(viewportId: string): void {
    const image = this.host.cornerstone.cache.getImage(this.labelmapImageId);
    if (image === undefined) return;
    for (const entry of this.host.viewport(viewportId)?.getActors() ?? []) {
      if (entry.referencedId !== this.labelmapImageId) continue;
      const imageData = entry.actor.getMapper().getInputData();
      imageData.modified();
      if (imageData.setDerivedImage) imageData.setDerivedImage(image);
      else this.host.cornerstone.utilities.updateVTKImageDataWithCornerstoneImage(imageData, image);
    }
  }
}
