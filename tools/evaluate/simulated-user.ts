import { boundsOf, containsPixel, decodeMask, dice, type Mask } from '../../extension/src/core/image/mask';
import type { Prompt } from '../../extension/src/core/prompts/prompts';
import type { Answer, Proposal } from '../../extension/src/core/proposal/proposal';
import type { Point } from '../../extension/src/core/image/slice';
import { deepestPoint, largestComponent, type Region } from '../../extension/src/core/image/regions';

/** A structure that one person wants. */
export interface Target {
  readonly mask: Mask;
  /** How many readers drew each pixel, row-major. */
  readonly votes: Uint8Array;
}

/** From this Dice on the user approves: the largest that NoI is reported for. */
export const approvedDice = 0.9;

/** The first click: the point deepest inside the part of the target in which most readers agree. Throws on an empty target. */
export function firstClick({ mask, votes }: Target): Point {
  const inside = decodeMask(mask);
  let most = 0;
  for (let i = 0; i < inside.length; i++) if (inside[i] !== 0) most = Math.max(most, votes[i] ?? 0);
  const agreed = inside.map((pixel, i) => (pixel !== 0 && votes[i] === most ? 1 : 0));
  const point = deepestPoint({ width: mask.width, height: mask.height, pixels: agreed });
  if (point === null) throw new Error('A target without pixels cannot be clicked.');
  return point;
}

export const firstPrompts = ['click', 'box', 'scribble'] as const;
export type FirstPrompt = (typeof firstPrompts)[number];

/** With what the user starts: a click, a box around the target, or a line through the middle of the part where most readers agree. */
export function firstPrompt(target: Target, kind: FirstPrompt): Prompt {
  const at = firstClick(target);
  if (kind === 'click') return { kind: 'point', at, positive: true };
  const bounds = boundsOf(target.mask);
  if (bounds === null) throw new Error('A target without pixels cannot be prompted.');
  if (kind === 'box') {
    return {
      kind: 'box',
      from: { x: bounds.left, y: bounds.top },
      to: { x: bounds.right, y: bounds.bottom },
    };
  }
  return { kind: 'scribble', points: lineThrough(at, target.mask), positive: true };
}

/** Along the row or the column of a point, whichever is longer in the mask, and not quite to its border. */
function lineThrough(at: Point, mask: Mask): Point[] {
  const reach = (dx: number, dy: number): number => {
    let steps = 0;
    while (containsPixel(mask, at.x + (steps + 1) * dx, at.y + (steps + 1) * dy)) steps++;
    return Math.floor(0.6 * steps);
  };
  const across = reach(-1, 0) + reach(1, 0) >= reach(0, -1) + reach(0, 1);
  const [dx, dy] = across ? [1, 0] : [0, 1];
  const points: Point[] = [];
  for (let step = -reach(-dx, -dy); step <= reach(dx, dy); step++) {
    points.push({ x: at.x + step * dx, y: at.y + step * dy });
  }
  return points;
}

/** The candidate with the highest Dice to the target if it beats the recommended mask, else a click on the error. */
export function chooseOrClick(proposal: Proposal, target: Mask): Answer | null {
  let best = dice(proposal.recommended.mask, target);
  let candidate = -1;
  proposal.candidates.forEach(({ mask }, index) => {
    const score = dice(mask, target);
    if (score > best) {
      best = score;
      candidate = index;
    }
  });
  return candidate < 0 ? clickError(proposal, target) : { kind: 'choose', candidate };
}

/** A click on the deepest point of the largest component in which the recommended mask is wrong; null where nothing is. */
export function clickError(proposal: Proposal, target: Mask): Answer | null {
  const { width, height } = target;
  const wanted = decodeMask(target);
  const present = decodeMask(proposal.recommended.mask);
  const where = (wrong: (wanted: number, present: number) => boolean): Region => ({
    width,
    height,
    pixels: wanted.map((pixel, i) => (wrong(pixel, present[i] ?? 0) ? 1 : 0)),
  });
  const missing = largestComponent(where((w, p) => w > p));
  const excess = largestComponent(where((w, p) => w < p));
  const positive = (missing?.area ?? 0) >= (excess?.area ?? 0);
  const error = positive ? missing : excess;
  const at = error === null ? null : deepestPoint(error.region);
  return at === null ? null : { kind: 'prompt', prompt: { kind: 'point', at, positive } };
}
