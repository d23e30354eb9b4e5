import { expect, it } from '@jest/globals';
import {
  isSameOrientation,
  nearestOrientation,
  upright,
} from '../../../extension/src/core/image/orientation';

/** Steps on the screen of a slice that is mirrored left to right or not, then turned clockwise, and zoomed. */
function steps(degrees: number, mirrored = false) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const zoom = 2.5;
  const sign = mirrored ? -1 : 1;
  return [
    { x: zoom * sign * cos, y: zoom * sign * sin },
    { x: -zoom * sin, y: zoom * cos },
  ] as const;
}

it.each([
  [0, false, [1, 0, 0, 1]],
  [90, false, [0, 1, -1, 0]],
  [180, false, [-1, 0, 0, -1]],
  [270, false, [0, -1, 1, 0]],
  [0, true, [-1, 0, 0, 1]],
  [90, true, [0, -1, -1, 0]],
])('tells a slice turned by %p degrees, mirrored %p', (degrees, mirrored, [a, b, c, d]) => {
  expect(nearestOrientation(...steps(degrees, mirrored))).toEqual({
    alongRow: { x: a, y: b },
    alongColumn: { x: c, y: d },
  });
});

it('takes the nearest right angle', () => {
  expect(nearestOrientation(...steps(30))).toEqual(upright);
  expect(nearestOrientation(...steps(-60))).toEqual(nearestOrientation(...steps(270)));
});

it('tells whether two are the same', () => {
  expect(isSameOrientation(upright, nearestOrientation(...steps(10)))).toBe(true);
  expect(isSameOrientation(upright, nearestOrientation(...steps(0, true)))).toBe(false);
});
