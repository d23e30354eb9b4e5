import type { CornerstoneImage } from '../../extension/src/ohif/host/cornerstone-types';

interface Entry {
  readonly image: CornerstoneImage;
  /** Part of a volume: not dropped to make room. */
  readonly shared: boolean;
  usedAt: number;
}

export const REMOVED = 'image-removed';

/** Cornerstone's cache of images by its own rules: what was used longest ago makes room, which is told while it happens. */
export class ImageCache {
  private readonly entries = new Map<string, Entry>();
  private clock = 0;
  readonly eventTarget = new EventTarget();
  /** How often it had to make room for an image. */
  searches = 0;

  constructor(private readonly limit: number) {}

  readonly getMaxCacheSize = (): number => this.limit;

  readonly getImage = (imageId: string): CornerstoneImage | undefined => {
    const entry = this.entries.get(imageId);
    if (entry !== undefined) entry.usedAt = ++this.clock;
    return entry?.image;
  };

  readonly getImageLoadObject = this.getImage;

  readonly putImageSync = (_: string, image: CornerstoneImage): void => this.put(image, false);

  put(image: CornerstoneImage, shared: boolean): void {
    if (this.entries.has(image.imageId)) throw new Error('putImageSync: imageId already in cache');
    const fixed = [...this.entries.values()].filter(entry => entry.shared);
    if (this.limit - sizeOf(fixed) < image.sizeInBytes) throw new Error('CACHE_SIZE_EXCEEDED');
    if (this.room() < image.sizeInBytes) this.makeRoom(image.sizeInBytes);
    this.entries.set(image.imageId, { image, shared, usedAt: ++this.clock });
  }

  readonly removeImageLoadObject = (imageId: string): void => {
    if (!this.entries.delete(imageId)) throw new Error('imageId was not present in imageCache');
    this.eventTarget.dispatchEvent(new CustomEvent(REMOVED, { detail: { imageId } }));
  };

  /** Without counting as a use. */
  has(imageId: string): boolean {
    return this.entries.has(imageId);
  }

  purge(): void {
    for (const imageId of [...this.entries.keys()]) this.removeImageLoadObject(imageId);
  }

  private room(): number {
    return this.limit - sizeOf([...this.entries.values()]);
  }

  private makeRoom(bytes: number): void {
    this.searches++;
    const droppable = [...this.entries.values()].filter(entry => !entry.shared);
    for (const { image } of droppable.sort((a, b) => a.usedAt - b.usedAt)) {
      this.removeImageLoadObject(image.imageId);
      if (this.room() >= bytes) return;
    }
  }
}

function sizeOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { image }) => sum + image.sizeInBytes, 0);
}
