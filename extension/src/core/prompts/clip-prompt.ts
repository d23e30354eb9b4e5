import { insideImage, type Grid } from '../image/crop';
import type { Prompt } from './prompts';
import type { Point } from '../image/slice';

/**
 * The part of a prompt that lies on the image. A box is cut at the image's edges, of a line the points beside it are left out: both may be
 * drawn beyond the border. Null where the prompt begins beside the image: then the image was not meant.
 */
export function clipPrompt(prompt: Prompt, grid: Grid): Prompt | null {
  switch (prompt.kind) {
    case 'point':
      return insideImage(grid, prompt.at) ? prompt : null;
    case 'box':
      return insideImage(grid, prompt.from) ? { ...prompt, to: nearestOnImage(prompt.to, grid) } : null;
    case 'scribble': {
      const [begin] = prompt.points;
      if (begin === undefined || !insideImage(grid, begin)) return null;
      return { ...prompt, points: prompt.points.filter(point => insideImage(grid, point)) };
    }
  }
}

/** By the centres of the outermost pixels: their outer edges are beside the image already. */
function nearestOnImage({ x, y }: Point, { width, height }: Grid): Point {
  return { x: Math.min(width - 1, Math.max(0, x)), y: Math.min(height - 1, Math.max(0, y)) };
}
