/** Which structure of a segment is meant on an image: pure, so that it can be tested without a viewer. */
import { decodeMask, encodeMask, forEachSpan, type Mask } from '../../core/image/mask';
import { connectedTo } from '../../core/image/regions';
import type { Labels } from './choose-layer';
import { drawnAnew } from './drawn-anew';

/** A segment on one image. */
export interface SegmentOnImage {
  /** Row-major. */
  readonly labels: Labels;
  readonly width: number;
  readonly height: number;
  readonly label: number;
}

/**
 * The structure that was accepted last, as it is now, mended with other tools or not: all of the segment that hangs together with what is left
 * of its mask, but for other structures that were accepted. Where nothing was, or nothing of it is left, the whole segment; null of an empty one.
 * `accepted`: what was accepted into the segment, in that order.
 */
export function structureInSegment(segment: SegmentOnImage, accepted: readonly Mask[]): Mask | null {
  for (const mask of [...accepted].reverse()) {
    const { others } = drawnAnew(
      mask,
      accepted.filter(each => each !== mask),
    );
    const structure = hangingTogether(segment, mask, others);
    if (structure.area > 0) return structure;
  }
  const { labels, label, width, height } = segment;
  const whole = encodeMask(
    labels.map(each => Number(each === label)),
    width,
    height,
  );
  return whole.area === 0 ? null : whole;
}

/** By its sides; pixels that are in one of `others` alone are not gone through. */
function hangingTogether(
  { labels, label, width, height }: SegmentOnImage,
  seed: Mask,
  others: readonly Mask[],
): Mask {
  const pixels = Uint8Array.from(labels, each => Number(each === label));
  const seeds = decodeMask(seed);
  for (const other of others) {
    forEachSpan(other, (y, from, to) => {
      for (let i = y * width + from; i <= y * width + to; i++) if (seeds[i] === 0) pixels[i] = 0;
    });
  }
  return encodeMask(connectedTo({ width, height, pixels }, seeds), width, height);
}
