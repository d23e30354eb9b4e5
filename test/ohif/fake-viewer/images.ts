import type { Cornerstone, CornerstoneImage } from '../../../extension/src/ohif/host/cornerstone-types';

/** Of every image, in pixels. */
export const WIDTH = 8;
export const HEIGHT = 6;

export const IMAGE_REMOVED = 'image-removed';

/** What cornerstone has in its cache: images of the series, and labelmap images that lie on them. */
export class FakeImages extends Map<string, CornerstoneImage> {
  constructor(private readonly eventTarget: EventTarget) {
    super();
  }

  /** An image of the series. */
  add(imageId: string): void {
    this.set(imageId, image(imageId, new Int16Array(WIDTH * HEIGHT)));
  }

  /** An empty labelmap image on one of the series. */
  addLabels(imageId: string, referencedImageId: string): CornerstoneImage {
    const made = image(imageId, new Uint8Array(WIDTH * HEIGHT), referencedImageId);
    this.set(imageId, made);
    return made;
  }

  labels(labelmapImageId: string): number[] {
    return [...(this.get(labelmapImageId)?.getPixelData() ?? [])];
  }

  /** Drops images as the host does when it makes room. */
  evict(...imageIds: readonly string[]): void {
    for (const imageId of imageIds) {
      this.delete(imageId);
      this.eventTarget.dispatchEvent(new CustomEvent(IMAGE_REMOVED, { detail: { imageId } }));
    }
  }

  readonly cache: Cornerstone['cache'] = {
    getImage: id => this.get(id),
    getImageLoadObject: id => this.get(id),
    removeImageLoadObject: id => void this.delete(id),
    putImageSync: (id, put) => void this.set(id, put),
    getMaxCacheSize: () => 3 * 2 ** 30,
  };

  readonly imageLoader: Cornerstone['imageLoader'] = {
    createAndCacheDerivedLabelmapImage: (referenced, { imageId }) => {
      const made = this.addLabels(imageId, referenced);
      return { ...made, voxelManager: { getScalarData: () => made.getPixelData() } };
    },
  };
}

function image(
  imageId: string,
  values: Int16Array | Uint8Array,
  referencedImageId?: string,
): CornerstoneImage {
  return {
    imageId,
    ...(referencedImageId === undefined ? {} : { referencedImageId }),
    rows: HEIGHT,
    columns: WIDTH,
    sizeInBytes: values.byteLength,
    voxelManager: { getScalarData: () => values },
    getPixelData: () => values,
  };
}
