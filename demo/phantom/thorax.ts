import { mix, smoothStep, type NoiseField } from './noise';
import { EVERYWHERE, type Shape } from './shape';

// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { abs, atan2, exp, log, max, min, sign, sqrt } = Math;

/** Middle of the rib cage, front to back, in mm. */
const CAGE_CENTRE_Y = -2;

/** The inside of the rib cage: what lungs, mediastinum and the organs under the diaphragm share. */
export const cavity: Shape = {
  bounds: EVERYWHERE,
  distance: (x, y, z) => {
    const height = smoothStep(-70, 75, z);
    const halfWidth = mix(128, 98, height);
    const dy = y - CAGE_CENTRE_Y;
    const halfDepth = dy > 0 ? mix(90, 82, height) : mix(84, 66, height);
    return oval(x, dy, halfWidth, halfDepth);
  },
};

/** The skin. */
export const body: Shape = {
  bounds: EVERYWHERE,
  distance: (x, y, z) => {
    const height = smoothStep(-70, 75, z);
    const halfWidth = mix(152, 164, height);
    const halfDepth = y > 0 ? 114 : mix(111, 98, height);
    // The furrow over the spine, and a shallower one over the sternum.
    const furrow = y > 0 ? 7 * exp(-((x / 17) ** 2)) : 5 * exp(-((x / 26) ** 2));
    return oval(x, y, halfWidth, halfDepth) + furrow;
  },
};

/** Distance to a rounded rectangle-like oval; the power 2.5 is written with square roots, for speed. */
function oval(x: number, y: number, a: number, b: number): number {
  const u = abs(x) / a;
  const v = abs(y) / b;
  const sum = u * u * sqrt(u) + v * v * sqrt(v);
  const rho = exp(0.4 * log(sum + 1e-12));
  return sqrt(x * x + y * y) * (1 - 1 / rho);
}

/** Angle around the cage: 0 at the spine, pi/2 at the side, pi at the sternum. */
export function cageAngle(x: number, y: number): number {
  return atan2(abs(x), y - CAGE_CENTRE_Y);
}

function bump(value: number, centre: number, width: number): number {
  return exp(-(((value - centre) / width) ** 2));
}

/** Where muscle ends and subcutaneous fat begins: mm outside the cavity. */
function muscleThickness(x: number, y: number, z: number): number {
  const angle = cageAngle(x, y);
  const upper = smoothStep(-45, 45, z);
  const spinal = 17 * bump(angle, 0.28, 0.28);
  const shoulder = (7 + 25 * upper) * bump(angle, 0.95, 0.42);
  const latissimus = (5 + 13 * upper) * bump(angle, 1.5, 0.3);
  const pectoral = (3 + 17 * upper) * bump(angle, 2.35, 0.36);
  return 13 + spinal + shoulder + latissimus + pectoral - 7 * bump(angle, Math.PI, 0.28);
}

export interface TissueNoise {
  readonly planes: NoiseField;
  readonly texture: NoiseField;
}

/** HU of the soft tissue between the pleura and the skin: intercostal layer, muscles with fat planes, subcutaneous fat. */
export function wallTissue(noise: TissueNoise): (x: number, y: number, z: number) => number {
  return (x, y, z) => {
    const depth = cavity.distance(x, y, z);
    const angle = cageAngle(x, y);
    const arc = angle * 110 * sign(x || 1);
    const texture = noise.texture(x, y, z);
    const fat = -104 + 10 * texture;
    // Planes of fat run along the wall: the noise is squeezed across it and stretched along it.
    const sheet = abs(noise.planes(depth * 1.5, arc * 0.24, z * 0.25));
    const wisp = abs(noise.planes(arc * 0.4 + 300, depth * 1.1, z * 0.4 + 90));
    const ribLayer = smoothStep(9.5, 12, depth);
    const planes = ribLayer * max(0.9 - smoothStep(0.01, 0.1, sheet), 0.55 - smoothStep(0.0, 0.06, wisp));
    const betweenMuscles = bump(depth, 11.8, 1.1) * (0.45 + 0.4 * noise.planes(arc, z, 7));
    const intercostalFat =
      0.45 * bump(depth, 1.6, 1.3) * smoothStep(-0.3, 0.5, noise.planes(arc * 0.7, z * 0.9, 40));
    const muscle = 56 + 9 * texture;
    const fatty = min(1, max(planes, betweenMuscles, intercostalFat, 0));
    const inMuscle = mix(muscle, fat, fatty);
    const outward = depth - muscleThickness(x, y, z) - 2.5 * noise.planes(arc * 0.5, z * 0.5, 3);
    const septa = 1 - smoothStep(0.0, 0.05, abs(noise.planes(x * 0.6, y * 0.6, z * 0.6 + 50)));
    return mix(inMuscle, fat + 22 * septa, smoothStep(-0.8, 0.8, outward));
  };
}

/** The table under the patient: two thin shells around foam, and a mattress. HU at mm; -1000 where there is air. */
export function tableHu(x: number, y: number): number {
  const sag = (x * x) / 1500;
  const depth = y - (125 - sag);
  if (abs(x) > 172 || depth < -8 || depth > 22) return -1000;
  if (depth < 0) return -935;
  const shell = max(bump(depth, 1, 0.9), bump(depth, 19 - sag * 0.25, 0.9));
  const inside = depth < 19 - sag * 0.25 ? -962 : -1000;
  return inside + 640 * shell;
}
