import type { ActorEntry, Segmentation } from '../../../extension/src/ohif/host/cornerstone-types';
import type { DisplaySet } from '../../../extension/src/ohif/host/host-types';
import type { FakeImages } from './images';

export const SEGMENTATION_REMOVED = 'segmentation-removed';

interface Representation {
  readonly segmentationId: string;
  readonly type: 'Labelmap';
  active: boolean;
}

/** The segmentations there are, and which of them the viewport shows: a new representation becomes the active one. */
export class FakeSegmentations extends Map<string, Segmentation> {
  representations: Representation[] = [];
  /** Segments as `<segmentation> <index>`. */
  readonly locked = new Set<string>();
  /** How each is drawn. */
  readonly styles = new Map<string, Record<string, unknown>>();
  /** Segmentations of which the host was told that their pixels are others. */
  readonly dataModified: string[] = [];
  /** How many were added by the library, not by the viewer's service. */
  layersMade = 0;
  colourTables = 0;
  /** Of whoever follows the changes that the viewer's service tells of. */
  readonly listeners = new Set<(detail: unknown) => void>();
  /** The same for changes of what is drawn in them. */
  readonly labelListeners = new Set<(detail: unknown) => void>();

  constructor(
    private readonly images: FakeImages,
    /** The series on which labelmaps lie. */
    private readonly imageIds: readonly string[],
    /** The host makes one for every segmentation that the library is given. */
    readonly displaySets: Map<string, DisplaySet>,
    private readonly eventTarget: EventTarget,
  ) {
    super();
  }

  /** `layers`: labelmap images for every image; the host makes several where segments of a file overlap, and lists them layer by layer. */
  addLabelmap(
    segmentationId: string,
    segments: Segmentation['segments'],
    images = this.imageIds,
    layers = 1,
  ): void {
    const imageIds: string[] = [];
    for (let layer = 1; layer <= layers; layer++) {
      for (const referenced of images) {
        const id = `${segmentationId}/${referenced}${layer === 1 ? '' : ` (${layer})`}`;
        this.images.addLabels(id, referenced);
        imageIds.push(id);
      }
    }
    this.set(segmentationId, {
      segmentationId,
      label: segmentationId,
      segments,
      representationData: { Labelmap: { imageIds, referencedImageIds: images } },
    });
    this.represent(segmentationId);
  }

  represent(segmentationId: string): void {
    for (const other of this.representations) other.active = false;
    this.representations.push({ segmentationId, type: 'Labelmap', active: true });
  }

  active(): Segmentation | undefined {
    const id = this.representations.find(each => each.active)?.segmentationId;
    return id === undefined ? undefined : this.get(id);
  }

  /** As the host's segmentation panel does it. */
  replaceSegments(segmentationId: string, segments: Segmentation['segments']): void {
    const segmentation = this.get(segmentationId);
    if (segmentation === undefined) throw new Error(`There is no segmentation ${segmentationId}.`);
    this.set(segmentationId, { ...segmentation, segments });
    for (const listener of this.listeners) listener({ segmentationId });
  }

  remove(segmentationId: string): void {
    this.delete(segmentationId);
    this.eventTarget.dispatchEvent(new CustomEvent(SEGMENTATION_REMOVED, { detail: { segmentationId } }));
  }

  /** What a viewport mounts to draw those that it shows. */
  actors(): ActorEntry[] {
    return this.representations.map(({ segmentationId }) => {
      const [imageId] = this.get(segmentationId)?.representationData.Labelmap?.imageIds ?? [];
      const imageData = { modified: () => undefined };
      const actor = { getMapper: () => ({ getInputData: () => imageData }) };
      return { uid: segmentationId, actor, ...(imageId === undefined ? {} : { referencedId: imageId }) };
    });
  }
}
