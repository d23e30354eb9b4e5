import { pixelAt, type Grid } from '../image/crop';
import { containsPixel, type Mask } from '../image/mask';
import { hintsOf, type Hint, type Prompt } from './prompts';

/**
 * Where a prompt says something else than a mask of the slice; null where it agrees, says nothing (a box) or lies beside the image. Of a line the
 * middle of what contradicts, whichever way it was drawn: it may begin or end where the mask is right.
 */
export function contradictionOf(prompt: Prompt, mask: Mask, grid: Grid): Hint | null {
  const wrong = hintsOf([prompt]).filter(({ at, positive }) => {
    const pixel = pixelAt(grid, at);
    return pixel !== null && containsPixel(mask, pixel.x, pixel.y) !== positive;
  });
  return wrong[Math.floor((wrong.length - 1) / 2)] ?? null;
}
