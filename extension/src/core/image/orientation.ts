import type { Point } from './slice';

/**
 * How a slice lies on the screen, to the nearest right angle: the steps on the screen, x to the right and y down, of a step along the
 * slice's rows and of one along its columns.
 */
export interface Orientation {
  readonly alongRow: Point;
  readonly alongColumn: Point;
}

/** As it was acquired. */
export const upright: Orientation = { alongRow: { x: 1, y: 0 }, alongColumn: { x: 0, y: 1 } };

/** From the same steps as they are, at any angle and zoom. */
export function nearestOrientation(alongRow: Point, alongColumn: Point): Orientation {
  const liesFlat = Math.abs(alongRow.x) >= Math.abs(alongRow.y);
  const across = ({ x }: Point): Point => ({ x: x < 0 ? -1 : 1, y: 0 });
  const down = ({ y }: Point): Point => ({ x: 0, y: y < 0 ? -1 : 1 });
  return liesFlat
    ? { alongRow: across(alongRow), alongColumn: down(alongColumn) }
    : { alongRow: down(alongRow), alongColumn: across(alongColumn) };
}

export function isSameOrientation(a: Orientation, b: Orientation): boolean {
  const isSame = (one: Point, other: Point): boolean => one.x === other.x && one.y === other.y;
  return isSame(a.alongRow, b.alongRow) && isSame(a.alongColumn, b.alongColumn);
}
