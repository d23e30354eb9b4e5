import type { Cornerstone, CornerstoneImage, CornerstoneTools } from './cornerstone-types';

/** What is needed of the host. */
interface Viewer {
  readonly cornerstone: Pick<Cornerstone, 'cache' | 'eventTarget' | 'Enums'>;
  readonly tools: Pick<CornerstoneTools, 'Enums'>;
}

/** Of the viewer's cache, that kept labelmaps are put back into: the rest is for the images themselves, or none could be shown. */
const LARGEST_SHARE = 0.5;

/**
 * Labelmap images that may not be lost. Cornerstone has them in its cache of images only and drops them from there like pixels, those used
 * longest ago first; pixels can be loaded again, these cannot. Here they are held until their segmentation is removed, and put back into
 * the cache when they are dropped, so that the viewer goes on showing them. Those that do not fit in there can still be read here.
 */
export class KeptLabelmaps {
  /** By segmentation and by image id. */
  private readonly kept = new Map<string, Map<string, CornerstoneImage>>();
  private scheduled = false;
  private puttingBack = false;
  /** A kept image was dropped to put another one back. */
  private crowded = false;

  constructor(private readonly viewer: Viewer) {}

  /** Of those that have labelmaps here, in the order in which they were kept last. */
  get segmentationIds(): readonly string[] {
    return [...this.kept.keys()];
  }

  /** A labelmap image as it is in the viewer, or as it was there last; undefined if it was dropped and is not kept. */
  image(imageId: string): CornerstoneImage | undefined {
    return this.viewer.cornerstone.cache.getImage(imageId) ?? this.keptImage(imageId);
  }

  /** Keeps all images of a segmentation. Returns false, and changes nothing, if one of them was dropped already. */
  keepAll(segmentationId: string, imageIds: readonly string[]): boolean {
    const images = imageIds.map(imageId => this.image(imageId)).filter(image => image !== undefined);
    if (images.length < imageIds.length) return false;
    this.kept.delete(segmentationId);
    for (const image of images) this.keep(segmentationId, image);
    return true;
  }

  /** Keeps one more image of a segmentation. */
  keep(segmentationId: string, image: CornerstoneImage): void {
    const { cornerstone } = this.viewer;
    const images = this.kept.get(segmentationId) ?? new Map<string, CornerstoneImage>();
    images.set(image.imageId, image);
    this.kept.set(segmentationId, images);
    // Adding a listener again changes nothing.
    cornerstone.eventTarget.addEventListener(this.dropEvent(), this.onDrop);
    cornerstone.eventTarget.addEventListener(this.removalEvent(), this.onRemoval);
  }

  release(segmentationId: string): void {
    this.kept.delete(segmentationId);
    if (this.kept.size > 0) return;
    const { eventTarget } = this.viewer.cornerstone;
    eventTarget.removeEventListener(this.dropEvent(), this.onDrop);
    eventTarget.removeEventListener(this.removalEvent(), this.onRemoval);
  }

  /** Sees to it that the viewer can show this image, if its cache has any room: it has just been written. */
  putBack(imageId: string): void {
    const image = this.keptImage(imageId);
    if (image !== undefined && this.viewer.cornerstone.cache.getImage(imageId) === undefined) this.put(image);
  }

  private keptImage(imageId: string): CornerstoneImage | undefined {
    for (const images of this.kept.values()) {
      const image = images.get(imageId);
      if (image !== undefined) return image;
    }
    return undefined;
  }

  /** The cache is in the middle of making room for something and does not expect to be filled: what it dropped is put back afterwards. */
  private readonly onDrop = (event: Event): void => {
    const { imageId } = (event as CustomEvent<{ readonly imageId: string }>).detail;
    if (this.keptImage(imageId) === undefined) return;
    if (this.puttingBack) {
      this.crowded = true;
      return;
    }
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.putBackAll();
    });
  };

  private readonly onRemoval = (event: Event): void => {
    this.release((event as CustomEvent<{ readonly segmentationId: string }>).detail.segmentationId);
  };

  private putBackAll(): void {
    const { cache } = this.viewer.cornerstone;
    let room = cache.getMaxCacheSize() * LARGEST_SHARE;
    const dropped: CornerstoneImage[] = [];
    for (const images of this.kept.values()) {
      for (const image of images.values()) {
        // To ask for an image is to use it: from here on all pixels that are there now are dropped before it.
        if (cache.getImage(image.imageId) === undefined) dropped.push(image);
        else room -= image.sizeInBytes;
      }
    }
    this.puttingBack = true;
    this.crowded = false;
    for (const image of dropped) {
      room -= image.sizeInBytes;
      // Where one only takes the place of another, to go on would cost time and bring nothing.
      if (room < 0 || !this.put(image) || this.crowded) break;
    }
    this.puttingBack = false;
  }

  private put(image: CornerstoneImage): boolean {
    try {
      this.viewer.cornerstone.cache.putImageSync(image.imageId, image);
      return true;
    } catch {
      // The cache is full of what it may not drop, such as volumes. The image stays here.
      return false;
    }
  }

  private dropEvent(): string {
    return this.viewer.cornerstone.Enums.Events['IMAGE_CACHE_IMAGE_REMOVED'] ?? '';
  }

  private removalEvent(): string {
    return this.viewer.tools.Enums.Events['SEGMENTATION_REMOVED'] ?? '';
  }
}
