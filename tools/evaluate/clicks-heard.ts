import { containsPixel, decodeMask, encodeMask, type Mask } from '../../extension/src/core/image/mask';
import type { Answer } from '../../extension/src/core/proposal/proposal';
import type { Point } from '../../extension/src/core/image/slice';
import { maskStatistics } from '../../extension/src/core/image/statistics';

export interface Click {
  readonly at: Point;
  readonly positive: boolean;
}

/** What became of one click. */
export interface HeardClick {
  /** The clicked pixel is on the side that the click said. */
  readonly obeyed: boolean;
  /** Pixels in which the recommended masks before and after the click differ. */
  readonly changed: number;
  /** Those of them at the other end of the structure. */
  readonly elsewhere: number;
}

/** The click in an answer; null for anything else. */
export function clickIn(answer: Answer): Click | null {
  return answer.kind === 'prompt' && answer.prompt.kind === 'point' ? answer.prompt : null;
}

/**
 * Compares the recommended masks before and after a click; `after` is null where the model found nothing any more, and the user is left
 * with what there was: the click was not heard.
 *
 * A changed pixel lies at the other end if it is farther from the click than half of the structure's longest diameter AND nearer to the
 * click's opposite (its reflection at the structure's centre of gravity) than to the click. The structure is what either mask holds: so a
 * click that makes the mask follow a long structure to its end counts its own way as near only up to the middle, and a click in
 * the middle has no other end. What is left is what a user does not expect: the click is here, and over there the border moves.
 */
export function hearClick(click: Click, before: Mask, after: Mask | null): HeardClick {
  if (after === null) return { obeyed: false, changed: 0, elsewhere: 0 };
  const { width, height } = before;
  const was = decodeMask(before);
  const is = decodeMask(after);
  const either = encodeMask(
    was.map((pixel, i) => pixel | (is[i] ?? 0)),
    width,
    height,
  );
  const opposite = reflectedAt(centreOf(either), click.at);
  const half = maskStatistics(either, { width, height, spacing: pixelSpacing }).longestDiameter / 2;
  let changed = 0;
  let elsewhere = 0;
  was.forEach((pixel, i) => {
    if (pixel === is[i]) return;
    changed++;
    const at = { x: i % width, y: Math.floor(i / width) };
    const distance = distanceBetween(at, click.at);
    if (distance > half && distanceBetween(at, opposite) < distance) elsewhere++;
  });
  const obeyed = containsPixel(after, Math.round(click.at.x), Math.round(click.at.y)) === click.positive;
  return { obeyed, changed, elsewhere };
}

/** Shares over many clicks; null where there is nothing to count. */
export interface ClickScore {
  readonly clicks: number;
  /** Share of the clicks. */
  readonly obeyed: number | null;
  /** Share of the changed pixels of all clicks. */
  readonly elsewhere: number | null;
}

export function clickScore(heard: readonly HeardClick[]): ClickScore {
  const sum = (value: (click: HeardClick) => number): number =>
    heard.reduce((total, click) => total + value(click), 0);
  const changed = sum(click => click.changed);
  return {
    clicks: heard.length,
    obeyed: heard.length === 0 ? null : sum(click => (click.obeyed ? 1 : 0)) / heard.length,
    elsewhere: changed === 0 ? null : sum(click => click.elsewhere) / changed,
  };
}

const pixelSpacing = { x: 1, y: 1, unit: 'px' } as const;

function centreOf(mask: Mask): Point {
  let [x, y] = [0, 0];
  decodeMask(mask).forEach((pixel, i) => {
    if (pixel === 0) return;
    x += i % mask.width;
    y += Math.floor(i / mask.width);
  });
  return mask.area === 0 ? { x: 0, y: 0 } : { x: x / mask.area, y: y / mask.area };
}

function reflectedAt(centre: Point, point: Point): Point {
  return { x: 2 * centre.x - point.x, y: 2 * centre.y - point.y };
}

function distanceBetween(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
