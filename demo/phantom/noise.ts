// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { floor, imul, max, min } = Math;

/** A smooth scalar field over space, in [-1, 1], mean 0. Coordinates in mm. */
export type NoiseField = (x: number, y: number, z: number) => number;

const PERIOD = 32;
const MASK = PERIOD - 1;

/** A well mixed 32 bit integer from another (the finaliser of MurmurHash3, a public-domain algorithm by A. Appleby). */
function mixBits(value: number): number {
  let h = value | 0;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Value noise on a cubic lattice with `wavelength` mm between its points; repeats after 32 wavelengths.
 * The lattice comes from a hash of its position, so a field does not depend on how many fields were made before it.
 */
export function noiseField(seed: number, wavelength: number): NoiseField {
  const lattice = new Float32Array(PERIOD ** 3);
  for (let i = 0; i < lattice.length; i++) {
    lattice[i] = (mixBits(imul(seed, 0x9e3779b1) + i) / 0xffffffff) * 2 - 1;
  }
  const at = (i: number): number => lattice[i] ?? 0;
  const scale = 1 / wavelength;
  return (x, y, z) => {
    const px = x * scale;
    const py = y * scale;
    const pz = z * scale;
    const fx = floor(px);
    const fy = floor(py);
    const fz = floor(pz);
    const u = ease(px - fx);
    const v = ease(py - fy);
    const w = ease(pz - fz);
    const x0 = fx & MASK;
    const x1 = (fx + 1) & MASK;
    const y0 = (fy & MASK) * PERIOD;
    const y1 = ((fy + 1) & MASK) * PERIOD;
    const z0 = (fz & MASK) * PERIOD * PERIOD;
    const z1 = ((fz + 1) & MASK) * PERIOD * PERIOD;
    const near = mix(
      mix(at(z0 + y0 + x0), at(z0 + y0 + x1), u),
      mix(at(z0 + y1 + x0), at(z0 + y1 + x1), u),
      v,
    );
    const far = mix(
      mix(at(z1 + y0 + x0), at(z1 + y0 + x1), u),
      mix(at(z1 + y1 + x0), at(z1 + y1 + x1), u),
      v,
    );
    return mix(near, far, w);
  };
}

/** Linear interpolation from a (t = 0) to b (t = 1). */
export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = min(1, max(0, (value - from) / (to - from)));
  return ease(t);
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
