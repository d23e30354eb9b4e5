/** Which structure of a segment is meant on an image: pure, so that it can be tested without a viewer. */
import { containsPixel, encodeMask, forEachSpan, type Mask } from '../../core/image/mask';
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
    const structure = connectedTo(segment, mask, others);
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

/** By their sides; pixels that are in one of `others` alone are not gone through. */
function connectedTo(
  { labels, label, width, height }: SegmentOnImage,
  seed: Mask,
  others: readonly Mask[],
): Mask {
  const found = new Uint8Array(labels.length);
  const stack: number[] = [];
  const visit = (i: number): void => {
    if (found[i] !== 0 || labels[i] !== label) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    if (!containsPixel(seed, x, y) && others.some(other => containsPixel(other, x, y))) return;
    found[i] = 1;
    stack.push(i);
  };
  forEachSpan(seed, (y, from, to) => {
    for (let x = from; x <= to; x++) visit(y * width + x);
  });
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < labels.length - width) visit(i + width);
  }
  return encodeMask(found, width, height);
}
