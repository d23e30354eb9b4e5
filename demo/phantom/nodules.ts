import { seededRandom } from '../../extension/src/core/random';
import { worldToPixel, worldToSlice, type Grid } from './grid';
import type { Position } from './shape';

export type NoduleKind =
  | 'part-solid'
  | 'ground-glass'
  | 'spiculated'
  | 'juxtapleural'
  | 'juxtavascular'
  | 'solid'
  | 'cavitary'
  | 'lobulated';

/** A nodule of the phantom. */
export interface Nodule {
  readonly name: string;
  readonly kind: NoduleKind;
  /** mm from the middle of the study: x to the patient's left, y to the back, z to the head. */
  readonly centre: Position;
  /** Mean radius of all that a generous reader would include, mm. */
  readonly radius: number;
  /** Radius of the solid part, mm; 0: none. */
  readonly solidRadius: number;
  /** Width of the border over which the density fades, mm: how much readers may differ. */
  readonly fade: number;
  /** Radius of the vessel that feeds it, mm; 0: none. */
  readonly feeding: number;
}

/** The nodules; the first two lie on the middle slice, one in each lung. */
export const nodules: readonly Nodule[] = [
  {
    name: 'part-solid, right lung, middle slice',
    kind: 'part-solid',
    centre: [-83, -8, 0.4],
    radius: 9,
    solidRadius: 3.6,
    fade: 4.6,
    feeding: 0.9,
  },
  {
    name: 'at the chest wall, left lung, middle slice',
    kind: 'juxtapleural',
    centre: [107.5, 21, -0.4],
    radius: 9,
    solidRadius: 8.6,
    fade: 2.6,
    feeding: 0,
  },
  {
    name: 'ground-glass, left upper lobe',
    kind: 'ground-glass',
    centre: [72, -26, 27],
    radius: 9,
    solidRadius: 0,
    fade: 5.5,
    feeding: 0,
  },
  {
    name: 'spiculated, right upper lobe',
    kind: 'spiculated',
    centre: [-76, 34, 27],
    radius: 9,
    solidRadius: 6.8,
    fade: 2.4,
    feeding: 1.1,
  },
  {
    name: 'on a vessel, left lower lobe',
    kind: 'juxtavascular',
    centre: [77, 44, -26],
    radius: 5.6,
    solidRadius: 5.2,
    fade: 1.6,
    feeding: 1.9,
  },
  {
    name: 'small and solid, right lung',
    kind: 'solid',
    centre: [-92, 16, 13],
    radius: 2.9,
    solidRadius: 2.8,
    fade: 1.2,
    feeding: 0.4,
  },
  {
    name: 'cavity, right lower lobe',
    kind: 'cavitary',
    centre: [-80, 50, -22],
    radius: 11,
    solidRadius: 10,
    fade: 2.6,
    feeding: 0.8,
  },
  {
    name: 'lobulated, left lung',
    kind: 'lobulated',
    centre: [88, 2, -15],
    radius: 6.8,
    solidRadius: 6,
    fade: 2,
    feeding: 0.7,
  },
];

/** A straw of a spiculated border: from the nodule's surface outward, thinning to nothing. mm. */
interface Spicule {
  readonly from: Position;
  readonly to: Position;
  readonly radius: number;
}

/** The spicules of a nodule: mostly in the transverse plane, of uneven length; none for a smooth kind. */
export function spicules(nodule: Nodule, seed: number): Spicule[] {
  const count =
    nodule.kind === 'spiculated' ? 19 : nodule.kind === 'part-solid' ? 7 : nodule.kind === 'cavitary' ? 9 : 0;
  const random = seededRandom(seed, 40 + nodules.indexOf(nodule));
  const result: Spicule[] = [];
  for (let i = 0; i < count; i++) {
    const azimuth = ((i + 1.5 * random.uniform()) / count) * 2 * Math.PI;
    const rise = 0.32 * random.normal();
    const direction: Position = [
      Math.cos(azimuth) * Math.cos(rise),
      Math.sin(azimuth) * Math.cos(rise),
      Math.sin(rise),
    ];
    const length = nodule.radius * (0.1 + 1.25 * random.uniform() ** 2);
    const at = (reach: number): Position => [
      nodule.centre[0] + direction[0] * reach,
      nodule.centre[1] + direction[1] * reach,
      nodule.centre[2] + direction[2] * reach,
    ];
    const start = nodule.solidRadius * 0.7;
    result.push({
      from: at(start),
      to: at(nodule.radius + length),
      radius: 0.7 + 1.1 * random.uniform() ** 2,
    });
  }
  return result;
}

/** Where a nodule's centre is seen: the slice counts from the lowest, column and row from 0 at a pixel's centre. */
export function noduleOnImage(nodule: Nodule, grid: Grid): { slice: number; column: number; row: number } {
  const [x, y, z] = nodule.centre;
  return {
    slice: Math.round(worldToSlice(grid, z)),
    column: worldToPixel(grid, x),
    row: worldToPixel(grid, y),
  };
}
