import { boundsOf, decodeWithin, MaskBuilder, type Mask } from './mask';
import { deepestPoint, largestComponent } from './regions';
import type { Point } from './slice';

/**
 * The largest part of a mask that hangs together, and the pixel deepest inside it; null for an empty mask. Only the mask's own bounds are
 * looked at, so that a large image costs no more than the structure.
 */
export function largestPart(mask: Mask): { readonly part: Mask; readonly deepest: Point } | null {
  const box = boundsOf(mask);
  if (box === null) return null;
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  const largest = largestComponent({ width, height, pixels: decodeWithin(mask, box) });
  const deepest = largest === null ? null : deepestPoint(largest.region);
  if (largest === null || deepest === null) return null;
  const builder = new MaskBuilder(mask.width, mask.height);
  largest.region.pixels.forEach((inside, i) => {
    if (inside === 0) return;
    builder.add((box.top + Math.floor(i / width)) * mask.width + box.left + (i % width), 1);
  });
  return { part: builder.build(), deepest: { x: box.left + deepest.x, y: box.top + deepest.y } };
}
