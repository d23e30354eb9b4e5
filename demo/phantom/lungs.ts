import { underDiaphragm } from './abdomen';
import { mediastinum } from './mediastinum';
import { smoothStep, type NoiseField } from './noise';
import { EVERYWHERE, smoothMaximum, type Shape } from './shape';
import { cavity } from './thorax';

// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { abs, exp, min } = Math;

/** How far a fissure strays from an even sheet, mm. */
const RIPPLE = 11;

/** Both lungs: the rib cage without mediastinum and domes. */
export const lungs: Shape = {
  bounds: EVERYWHERE,
  distance: (x, y, z) => {
    const cage = cavity.distance(x, y, z) + 1.2;
    if (cage > 12) return cage;
    const inner = smoothMaximum(cage, -mediastinum.distance(x, y, z), 5);
    // The sinus between diaphragm and ribs stays sharp.
    return smoothMaximum(inner, 0.8 - underDiaphragm.distance(x, y, z), 2);
  },
};

interface LungNoise {
  readonly lobules: NoiseField;
  readonly grain: NoiseField;
  readonly slow: NoiseField;
}

/** HU of the lung itself, without what runs through it: heavier toward the back, cloudy, with faint fissures. */
export function parenchyma(noise: LungNoise, z: number): (x: number, y: number, distance: number) => number {
  return (x, y, distance) => {
    const gravity = smoothStep(-70, 95, y);
    const dependent = 62 * smoothStep(42, 84, y) * smoothStep(-9, -0.5, distance);
    const cloud = 14 * noise.slow(x, y, z) + 11 * noise.lobules(x, y, z) + 16 * noise.grain(x, y, z);
    return -888 + 48 * gravity + dependent + cloud + fissureHu(noise, x, y, z);
  };
}

/** The fissures: thin sheets that slices cut at an angle, so that they show as faint, soft lines. */
function fissureHu(noise: LungNoise, x: number, y: number, z: number): number {
  const bow = 9 * ((abs(x) - 78) / 40) ** 2;
  const oblique = (y - (x < 0 ? 6 : 24) + 0.85 * z + bow) * 0.76;
  const level = x > 0 || y > 0 ? Infinity : z - 1 - 0.1 * x - 0.14 * y;
  // Most of the lung is out of reach of any fissure: no need to know how it ripples there.
  if (min(abs(oblique), abs(level)) > RIPPLE + 4) return 0;
  const ripple = RIPPLE * noise.slow(x * 0.8, z * 0.8, x < 0 ? 10 : 400);
  const major = sheet(oblique + 0.76 * ripple, 0.8);
  const minor = sheet(level + ripple, 1.3);
  const strength = major > 0.01 ? 80 + 40 * noise.lobules(x * 0.4, y * 0.4, z * 0.4) : 0;
  return strength * major + 80 * minor;
}

function sheet(distance: number, halfWidth: number): number {
  return exp(-((distance / halfWidth) ** 2));
}
