import { expect, it } from '@jest/globals';
import { labOf } from '../../../extension/src/ohif/seg/lab-colour';

/** L* of 0..100 and a*, b* of -128..127, as PS3.3 C.10.7.1.1 scales them to 16 bits. */
const unscaled = ([l, a, b]: readonly [number, number, number]) => [
  (l / 65535) * 100,
  (a / 65535) * 255 - 128,
  (b / 65535) * 255 - 128,
];

it.each([
  // CIE L*a*b* under D50 (Bradford adaptation) of sRGB colours, after Lindbloom's calculator.
  ['white', [255, 255, 255], [100, 0, 0]],
  ['black', [0, 0, 0], [0, 0, 0]],
  ['red', [255, 0, 0], [54.29, 80.81, 69.89]],
  ['green', [0, 255, 0], [87.82, -79.29, 80.99]],
  ['blue', [0, 0, 255], [29.57, 68.3, -112.03]],
] as const)('gives %s as the standard does', (_, rgb, lab) => {
  unscaled(labOf(rgb)).forEach((value, i) => expect(Math.abs(value - (lab[i] as number))).toBeLessThan(0.05));
});
