import type { Rgb } from '../../core/image/colours';

type Triple = readonly [number, number, number];

/** White of the profile connection space, D50. */
const WHITE: Triple = [0.9642, 1, 0.8249];

/**
 * RecommendedDisplayCIELabValue (0062,000D) of an sRGB colour 0..255: CIE L*a*b* under D50, each as an unsigned 16 bit integer
 * (PS3.3 C.10.7.1.1).
 */
export function labOf(colour: Rgb): Triple {
  const [r, g, b] = [linear(colour[0]), linear(colour[1]), linear(colour[2])];
  // sRGB to XYZ, adapted from D65 to D50 (Bradford).
  const x = cubeRoot((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / WHITE[0]);
  const y = cubeRoot((0.2225045 * r + 0.7168786 * g + 0.0606169 * b) / WHITE[1]);
  const z = cubeRoot((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / WHITE[2]);
  const l = 116 * y - 16;
  const encode = (value: number, low: number, range: number): number =>
    Math.min(65535, Math.max(0, Math.round(((value - low) / range) * 65535)));
  return [encode(l, 0, 100), encode(500 * (x - y), -128, 255), encode(200 * (y - z), -128, 255)];
}

function linear(level: number): number {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function cubeRoot(value: number): number {
  return value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116;
}
