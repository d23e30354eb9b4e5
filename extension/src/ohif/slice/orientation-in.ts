import { nearestOrientation, upright, type Orientation } from '../../core/image/orientation';
import type { Viewport } from '../host/cornerstone-types';
import { canvasAt } from './pixel-position';

/** How the image lies in a viewport that shows it: turned and mirrored as the user had it. */
export function orientationIn(viewport: Viewport): Orientation {
  const [origin, right, below] = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 0, y: 1 },
  ].map(point => canvasAt(viewport, point));
  if (!origin || !right || !below) return upright;
  const from = ([x, y]: readonly [number, number]) => ({ x: x - origin[0], y: y - origin[1] });
  return nearestOrientation(from(right), from(below));
}
