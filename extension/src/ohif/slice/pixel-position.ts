import type { Point } from '../../core/image/slice';
import type { Point2, Point3, Viewport } from '../host/cornerstone-types';

/**
 * Slice pixel coordinates (integer = pixel centre) of a world position; null while the viewport has no image. World positions do not
 * depend on zoom, pan, rotation and flip, so these do not either.
 */
export function pixelAt(viewport: Viewport, world: Point3): Point | null {
  const imageData = viewport.getImageData?.()?.imageData;
  if (imageData === undefined) return null;
  const [x, y] = imageData.worldToIndex(world);
  return { x, y };
}

/** Canvas position (CSS pixels) of a position in slice pixel coordinates; null while the viewport has no image. */
export function canvasAt(viewport: Viewport, point: Point): Point2 | null {
  const imageData = viewport.getImageData?.()?.imageData;
  if (imageData === undefined) return null;
  return viewport.worldToCanvas(imageData.indexToWorld([point.x, point.y, 0]));
}
