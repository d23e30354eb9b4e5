import { pixelToWorld, sliceToWorld, worldToPixel, type Grid } from './grid';
import { drawSegments } from './lung-vessels';
import { mix, smoothStep, type NoiseField } from './noise';
import { spicules, type Nodule } from './nodules';

// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { abs, ceil, floor, hypot, max, min, sqrt } = Math;

interface NoduleNoise {
  /** Bends the outline by lobes. */
  readonly lobes: NoiseField;
  /** Frays the outline and mottles the inside. */
  readonly fray: NoiseField;
}

/** HU of solid tissue in a nodule: that of muscle, so that the wall offers no edge. */
const SOLID_HU = 48;
const CAVITY_HU = -960;
const SLAB = [-0.8, 0, 0.8];

/** Share of solid tissue and of haze, 0 to 1, at a place in or near a nodule. */
interface Density {
  readonly solid: number;
  readonly haze: number;
  readonly air: number;
}

/** Paints a nodule into a slice (row-major HU). */
export function paintNodule(
  hu: Float32Array,
  grid: Grid,
  slice: number,
  nodule: Nodule,
  noise: NoduleNoise,
  seed: number,
): void {
  const [cx, cy, cz] = nodule.centre;
  const z = sliceToWorld(grid, slice);
  const reach = nodule.radius + nodule.fade + 4;
  if (abs(z - cz) > reach * 2.2) return;
  paintSpicules(hu, grid, slice, nodule, seed);
  if (abs(z - cz) > reach) return;
  const low = (mm: number): number => max(0, floor(worldToPixel(grid, mm - reach)));
  const high = (mm: number): number => min(grid.size - 1, ceil(worldToPixel(grid, mm + reach)));
  for (let row = low(cy); row <= high(cy); row++) {
    for (let column = low(cx); column <= high(cx); column++) {
      const x = pixelToWorld(grid, column);
      const y = pixelToWorld(grid, row);
      const pixel = row * grid.size + column;
      const under = hu[pixel] ?? 0;
      let sum = 0;
      for (const offset of SLAB) sum += blended(under, density(nodule, noise, x, y, z + offset));
      hu[pixel] = sum / SLAB.length;
    }
  }
}

function blended(under: number, { solid, haze, air }: Density): number {
  // Haze fills part of the air and hides no vessel; solid tissue replaces what is there.
  const hazy = under < -300 ? under + haze * 330 : under;
  const filled = under > SOLID_HU ? hazy : mix(hazy, SOLID_HU, solid);
  return mix(filled, CAVITY_HU, air);
}

function density(nodule: Nodule, noise: NoduleNoise, x: number, y: number, z: number): Density {
  const { centre, radius, solidRadius, fade, kind } = nodule;
  const lobe = noise.lobes(x, y, z);
  const fray = noise.fray(x, y, z);
  const flat = kind === 'juxtapleural' ? 0.74 : 1;
  const dx = (x - centre[0]) / flat;
  const reach = hypot(dx, y - centre[1], (z - centre[2]) * 1.05);
  const roughness =
    kind === 'lobulated'
      ? 0.34
      : kind === 'spiculated'
        ? 0.34
        : kind === 'solid' || kind === 'juxtapleural'
          ? 0.12
          : 0.2;
  const edge = reach - radius * roughness * lobe - 0.35 * fade * fray;
  const fadeTo = (limit: number, width: number): number =>
    1 - smoothStep(limit - width / 2, limit + width / 2, edge);
  switch (kind) {
    case 'ground-glass':
      return { solid: 0, haze: fadeTo(radius, fade) * (0.84 + 0.22 * fray), air: 0 };
    case 'part-solid': {
      // The core sits off the middle and is fringed: where it ends is for the reader to say.
      const core =
        sqrt((x - centre[0] - 1.4) ** 2 + (y - centre[1] + 0.9) ** 2 + (z - centre[2]) ** 2) -
        1.9 * lobe -
        0.8 * fray;
      return {
        solid: 0.96 * (1 - smoothStep(solidRadius - 1.3, solidRadius + 1.3, core)),
        haze: fadeTo(radius, fade) * (0.9 + 0.3 * fray),
        air: 0,
      };
    }
    case 'cavitary': {
      const hole =
        sqrt((x - centre[0] + 1.6) ** 2 + (y - centre[1] - 1.2) ** 2 + (z - centre[2]) ** 2) -
        3.2 * lobe -
        0.9 * fray;
      return {
        solid: fadeTo(solidRadius, fade),
        haze: 0.6 * fadeTo(radius + 1.5, fade * 2),
        air: 1 - smoothStep(4.6, 6, hole),
      };
    }
    default:
      return { solid: fadeTo(solidRadius, fade), haze: 0.55 * fadeTo(radius + 0.8, fade * 2), air: 0 };
  }
}

function paintSpicules(hu: Float32Array, grid: Grid, slice: number, nodule: Nodule, seed: number): void {
  const straws = spicules(nodule, seed).map(({ from, to, radius }) => ({
    from,
    to,
    fromRadius: radius,
    toRadius: 0.12,
  }));
  if (straws.length === 0) return;
  const share = drawSegments(straws, grid, slice, () => 0);
  share.forEach((part, pixel) => {
    if (part > 0) hu[pixel] = mix(hu[pixel] ?? 0, max(hu[pixel] ?? 0, -40), part);
  });
}
