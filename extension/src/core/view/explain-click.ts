/** How well a structure that the user might want explains a click: people click in the middle of what is most wrong. */
import type { Grid } from '../image/crop';
import { containsPixel, jointBounds, type Mask } from '../image/mask';
import type { Hint } from '../prompts/prompts';
import { deepestPoint, largestComponent, type Region } from '../image/regions';
import { squaredDepth } from '../image/squared-depth';

/** Positions along the longer side on which masks are compared, so that a large image costs no more than a small one. */
const FINEST = 160;

/**
 * 0..1: that a user who wants `wanted` and is shown `shown` clicks there. It is 1 in the middle of the largest error, falls with the depth of
 * the click in its part of the error, and with that part's share of what is most wrong; 0 where the click would correct nothing.
 */
export function explainsClick(wanted: Mask, shown: Mask, click: Hint, grid: Grid): number {
  const sampling = samplingOf(wanted, shown, click, grid);
  const missing = sampling.region((x, y) => containsPixel(wanted, x, y) && !containsPixel(shown, x, y));
  const excess = sampling.region((x, y) => containsPixel(shown, x, y) && !containsPixel(wanted, x, y));
  const [own, opposite] = click.positive ? [missing, excess] : [excess, missing];
  const part = largestComponent(own);
  const middle = part === null ? null : deepestPoint(part.region);
  if (part === null || middle === null) return 0;
  const { width, height, pixels } = part.region;
  const depth = squaredDepth(pixels, width, height);
  const at = (place: { readonly x: number; readonly y: number }): number =>
    depth[place.y * width + place.x] ?? 0;
  const centrality = Math.sqrt(at(sampling.click) / at(middle));
  return centrality * Math.min(1, part.area / (largestComponent(opposite)?.area ?? 1));
}

interface Sampling {
  /** Where the click lies on it. */
  readonly click: { readonly x: number; readonly y: number };
  readonly region: (inside: (x: number, y: number) => boolean) => Region;
}

/** A grid with square steps over both masks and the click: depths are physical. */
function samplingOf(wanted: Mask, shown: Mask, { at }: Hint, { spacing }: Grid): Sampling {
  const bounds = jointBounds([wanted, shown]);
  const left = Math.min(at.x, bounds?.left ?? at.x);
  const right = Math.max(at.x, bounds?.right ?? at.x);
  const top = Math.min(at.y, bounds?.top ?? at.y);
  const bottom = Math.max(at.y, bounds?.bottom ?? at.y);
  const across = (right - left) * spacing.x;
  const down = (bottom - top) * spacing.y;
  const step = Math.max(Math.min(spacing.x, spacing.y), Math.max(across, down) / FINEST);
  const width = Math.floor(across / step) + 1;
  const height = Math.floor(down / step) + 1;
  return {
    click: {
      x: Math.min(width - 1, Math.round(((at.x - left) * spacing.x) / step)),
      y: Math.min(height - 1, Math.round(((at.y - top) * spacing.y) / step)),
    },
    region: inside => ({
      width,
      height,
      pixels: Uint8Array.from({ length: width * height }, (_, i) =>
        inside(
          Math.round(left + ((i % width) * step) / spacing.x),
          Math.round(top + (Math.floor(i / width) * step) / spacing.y),
        )
          ? 1
          : 0,
      ),
    }),
  };
}
