import { groupedBy } from '../../core/grouped-by';
import { alongNormal } from '../slice/along-normal';
import type { LabelledSlice, SegmentationSource, SegmentDescription } from './segmentation-source';
import { stretchesOf, type Stretch } from './stretches';

/** One frame of the object: the pixels of one segment on one image. */
export interface Frame {
  /** The image; where segments overlap, the first of its layers. */
  readonly slice: LabelledSlice;
  readonly segment: SegmentDescription;
  /** Where the segment's pixels are, layer by layer. */
  readonly stretches: readonly Stretch[];
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

interface LabelledImage {
  readonly slice: LabelledSlice;
  /** By label. */
  readonly stretches: ReadonlyMap<number, readonly Stretch[]>;
}

/** The frames that a segmentation needs: by segment, then by position; empty ones are left out. */
export function framesOf({ slices, segments }: Pick<SegmentationSource, 'slices' | 'segments'>): Frames {
  const images = imagesOf(slices).sort(
    (a, b) => alongNormal(a.slice.geometry) - alongNormal(b.slice.geometry),
  );
  const drawn = segments.filter(({ label }) => images.some(({ stretches }) => stretches.has(label)));
  const used = images.filter(({ stretches }) => drawn.some(({ label }) => stretches.has(label)));
  const frames = drawn.flatMap((segment, index) =>
    used.flatMap(({ slice, stretches }, position): Frame[] => {
      const own = stretches.get(segment.label);
      if (own === undefined) return [];
      return [{ slice, segment, stretches: own, segmentNumber: index + 1, positionIndex: position + 1 }];
    }),
  );
  return { frames, segments: drawn };
}

/** Each image once, whatever number of layers it has: the host gives segments that overlap a layer each. */
function imagesOf(slices: readonly LabelledSlice[]): LabelledImage[] {
  const layers = groupedBy(slices, slice => `${slice.sopInstanceUid} ${slice.frameNumber ?? 1}`);
  return [...layers.values()].flatMap(([slice, ...others]): LabelledImage[] => {
    if (slice === undefined) return [];
    const stretches = new Map<number, Stretch[]>();
    for (const { labels } of [slice, ...others]) {
      for (const [label, stretch] of stretchesOf(labels)) {
        stretches.set(label, [...(stretches.get(label) ?? []), stretch]);
      }
    }
    return [{ slice, stretches }];
  });
}

/**
 * Pixel Data (7FE0,0010) of a binary segmentation: one bit a pixel, the first pixel in the lowest bit, frames one after the other without
 * padding between them (PS3.5 8.1.1), an even number of bytes.
 */
export function packFrames(
  frames: readonly Pick<Frame, 'segment' | 'stretches'>[],
  pixelsPerFrame: number,
): ArrayBuffer {
  const bytes = Math.ceil((frames.length * pixelsPerFrame) / 8);
  const packed = new Uint8Array(bytes + (bytes % 2));
  frames.forEach(({ segment, stretches }, index) => {
    const start = index * pixelsPerFrame;
    for (const { labels, first, last } of stretches) {
      for (let i = first; i <= last; i++) {
        if (labels[i] !== segment.label) continue;
        // Not by bitwise operators alone: a large object has more bits than 32 bits can count.
        const bit = start + i;
        const byte = Math.floor(bit / 8);
        packed[byte] = (packed[byte] as number) | (1 << (bit % 8));
      }
    }
  });
  return packed.buffer;
}
