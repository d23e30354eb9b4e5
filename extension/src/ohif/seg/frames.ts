import type {
  LabelledSlice,
  SegmentationSource,
  SegmentDescription,
  SliceGeometry,
} from './segmentation-source';

/** One frame of the object: the pixels of one segment on one image. */
export interface Frame {
  readonly slice: LabelledSlice;
  readonly segment: SegmentDescription;
  /** From 1, without gaps, among the segments that have pixels at all. */
  readonly segmentNumber: number;
  /** From 1 along the normal of the images, or in the given order where they have no place. */
  readonly positionIndex: number;
}

export interface Frames {
  readonly frames: readonly Frame[];
  /** The segments that have pixels: the k-th has number k + 1. */
  readonly segments: readonly SegmentDescription[];
}

/** The frames that a segmentation needs: by segment, then by position; empty ones are left out. */
export function framesOf({ slices, segments }: Pick<SegmentationSource, 'slices' | 'segments'>): Frames {
  const ordered = [...slices].sort((a, b) => distance(a.geometry) - distance(b.geometry));
  const present = ordered.map(slice => new Set<number>(slice.labels));
  const drawn = segments.filter(segment => present.some(labels => labels.has(segment.label)));
  const used = ordered.map((_, i) => drawn.some(segment => present[i]?.has(segment.label)));
  const frames = drawn.flatMap((segment, index) => {
    let positionIndex = 0;
    return ordered.flatMap((slice, i) => {
      if (used[i] === true) positionIndex++;
      if (present[i]?.has(segment.label) !== true) return [];
      return [{ slice, segment, segmentNumber: index + 1, positionIndex }];
    });
  });
  return { frames, segments: drawn };
}

/** Along the normal of the image plane; 0 for images without a place, whose order then stays as it is. */
function distance(geometry: SliceGeometry | null): number {
  if (geometry === null) return 0;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = geometry.orientation;
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d] as const;
  const [x, y, z] = geometry.position;
  return x * normal[0] + y * normal[1] + z * normal[2];
}

/**
 * Pixel Data (7FE0,0010) of a binary segmentation: one bit a pixel, the first pixel in the lowest bit, frames one after the other without
 * padding between them (PS3.5 8.1.1), an even number of bytes.
 */
export function packFrames(frames: readonly Frame[], pixelsPerFrame: number): ArrayBuffer {
  const bytes = Math.ceil((frames.length * pixelsPerFrame) / 8);
  const packed = new Uint8Array(bytes + (bytes % 2));
  frames.forEach(({ slice, segment }, index) => {
    const start = index * pixelsPerFrame;
    for (let i = 0; i < pixelsPerFrame; i++) {
      if (slice.labels[i] !== segment.label) continue;
      const bit = start + i;
      packed[bit >> 3] = (packed[bit >> 3] as number) | (1 << (bit & 7));
    }
  });
  return packed.buffer;
}
