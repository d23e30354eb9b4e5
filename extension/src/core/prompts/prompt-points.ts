import { toModel, type Crop, type Grid } from '../image/crop';
import type { Point } from '../image/slice';
import type { Prompt } from './prompts';

/** SAM's labels of points. */
const LABEL = { outside: 0, inside: 1, upperLeft: 2, lowerRight: 3, none: -1 } as const;
/** A scribble is told as this many of its points at most: these networks learnt from a few clicks. */
const SCRIBBLE_POINTS = 5;

/** What the prompt stage of a network built like SAM is told. */
export interface PointPrompts {
  readonly kind: 'points';
  /** [P, 2] in model pixels of the input (integer = centre of a pixel), in the bundle's order; P >= 1. */
  readonly points: Float32Array;
  /** [P]: 1 inside, 0 outside, 2 and 3 the upper left and the lower right corner of a box, -1 no point (as SAM has them). */
  readonly labels: Float32Array;
  /** [L, L] logits of the mask on which the user builds; null without one, or where the network takes none. */
  readonly mask: Float32Array | null;
}

interface Options {
  /** S. */
  readonly size: number;
  readonly order: 'xy' | 'yx';
  /** [L,L] logits of the mask on which the user builds, if the network takes them. */
  readonly mask: Float32Array | null;
}

/**
 * The prompts as SAM's prompt encoder takes them (Kirillov et al., "Segment Anything", ICCV 2023): points in the order in which they were
 * placed, then the corners of the box drawn last. Without any prompt one point that says that it is none.
 */
export function promptPoints(
  prompts: readonly Prompt[],
  crop: Crop,
  grid: Grid,
  options: Options,
): PointPrompts {
  const { size, order, mask } = options;
  const found: { readonly at: Point; readonly label: number }[] = [];
  const add = (at: Point, label: number): void => {
    found.push({ at: toModel(crop, grid, size, at), label });
  };
  for (const prompt of prompts) {
    if (prompt.kind === 'box') continue;
    const points = prompt.kind === 'point' ? [prompt.at] : thinned(prompt.points);
    for (const at of points) add(at, prompt.positive ? LABEL.inside : LABEL.outside);
  }
  const box = prompts.filter(prompt => prompt.kind === 'box').at(-1);
  if (box !== undefined) {
    const { from, to } = box;
    add({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) }, LABEL.upperLeft);
    add({ x: Math.max(from.x, to.x), y: Math.max(from.y, to.y) }, LABEL.lowerRight);
  }
  if (found.length === 0) found.push({ at: { x: 0, y: 0 }, label: LABEL.none });
  return {
    kind: 'points',
    points: Float32Array.from(found.flatMap(({ at }) => (order === 'xy' ? [at.x, at.y] : [at.y, at.x]))),
    labels: Float32Array.from(found, ({ label }) => label),
    mask,
  };
}

/** Evenly spaced points of a path, its ends among them. */
function thinned(path: readonly Point[]): readonly Point[] {
  if (path.length <= SCRIBBLE_POINTS) return path;
  return Array.from({ length: SCRIBBLE_POINTS }, (_, i) => {
    return path[Math.round((i * (path.length - 1)) / (SCRIBBLE_POINTS - 1))] as Point;
  });
}
