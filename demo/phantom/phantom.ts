import { paintAbdomen } from './abdomen';
import { anatomicalWarp, Canvas } from './canvas';
import { pixelToWorld, sliceToWorld, STUDY_GRID, type Grid } from './grid';
import { bySlice, drawSegments, growLungVessels } from './lung-vessels';
import { lungs, parenchyma } from './lungs';
import { paintAirways, paintMediastinum } from './mediastinum';
import { mix, noiseField } from './noise';
import { nodules } from './nodules';
import { paintNodule } from './nodule-painter';
import { scan, toStored } from './scanner';
import { EVERYWHERE } from './shape';
import { paintSkeleton } from './skeleton';
import { body, cavity, tableHu, wallTissue, type TissueNoise } from './thorax';
import type { VesselSegment } from './vessel-tree';

/** A chest that slices can be taken of. */
interface Phantom {
  readonly grid: Grid;
  /** Ideal HU of a slice (0: the lowest), row-major, before the scanner. */
  readonly ideal: (slice: number) => Float32Array;
  /** What the scanner stores for a slice: HU + 1024, row-major. */
  readonly stored: (slice: number) => Uint16Array<ArrayBuffer>;
}

/** The same seed and grid give the same voxels, in whatever order slices are asked for. */
export function makePhantom(seed: number, grid: Grid): Phantom {
  const warp = anatomicalWarp(seed);
  const noise = {
    wall: { planes: noiseField(seed + 20, 12), texture: noiseField(seed + 21, 4) },
    texture: noiseField(seed + 22, 5),
    grain: noiseField(seed + 23, 2.2),
    lung: {
      lobules: noiseField(seed + 25, 6.5),
      grain: noiseField(seed + 26, 1.9),
      slow: noiseField(seed + 27, 30),
    },
    nodule: { lobes: noiseField(seed + 28, 7), fray: noiseField(seed + 29, 2.4) },
  };
  const feeds = nodules
    .filter(({ feeding }) => feeding > 0)
    .map(({ centre, feeding }) => ({ at: centre, radius: feeding }));
  const vessels = growLungVessels(
    seed,
    warp,
    Math.min(1, STUDY_GRID.pixelSpacing / grid.pixelSpacing),
    feeds,
  );
  const blood = bySlice(vessels.blood, grid);
  const airways = bySlice(vessels.airways, grid);

  const ideal = (slice: number): Float32Array => {
    const z = sliceToWorld(grid, slice);
    const canvas = new Canvas(grid, z, warp);
    paintTable(canvas);
    paintWall(canvas, noise.wall);
    canvas.paint(mediastinalFat, (x, y) => -98 + 14 * noise.texture(x, y, z), 1.2);
    paintAbdomen(canvas, noise.texture);
    paintMediastinum(canvas, noise.texture);
    paintSkeleton(canvas, noise.grain);
    canvas.paint(lungs, parenchyma(noise.lung, z), 1);
    paintAirways(canvas);
    paintLungVessels(canvas, slice, airways[slice] ?? [], blood[slice] ?? []);
    for (const nodule of nodules) paintNodule(canvas.hu, grid, slice, nodule, noise.nodule, seed);
    return canvas.hu;
  };
  const stored = (slice: number): Uint16Array<ArrayBuffer> => {
    const hu = ideal(slice);
    scan(hu, grid, seed, slice);
    return toStored(hu);
  };
  return { grid, ideal, stored };
}

/** The fat in which the organs lie: the cage within its lining. */
const mediastinalFat = {
  bounds: EVERYWHERE,
  distance: (x: number, y: number, z: number) => cavity.distance(x, y, z) + 0.4,
};

function paintTable({ hu, grid }: Canvas): void {
  for (let row = 0, i = 0; row < grid.size; row++) {
    const y = pixelToWorld(grid, row);
    for (let column = 0; column < grid.size; column++, i++) hu[i] = tableHu(pixelToWorld(grid, column), y);
  }
}

function paintWall(canvas: Canvas, noise: TissueNoise): void {
  const skin = canvas.field(body);
  canvas.paintField(skin, body.bounds, 20, 1.4);
  const inner = skin.map(distance => distance + 1.7);
  canvas.paintSmooth(inner, body.bounds, wallTissue(noise), 1.2);
}

function paintLungVessels(
  canvas: Canvas,
  slice: number,
  airways: readonly VesselSegment[],
  blood: readonly VesselSegment[],
): void {
  const { hu, grid } = canvas;
  const wall = drawSegments(airways, grid, slice, radius => 0.35 + 0.2 * radius);
  const lumen = drawSegments(airways, grid, slice, () => 0);
  const vessel = drawSegments(blood, grid, slice, () => 0);
  for (let i = 0; i < hu.length; i++) {
    let value = hu[i] ?? 0;
    // Bronchi and vessels are drawn where there is lung; within the mediastinum they were painted already.
    const inLung = value < -300;
    const walled = wall[i] ?? 0;
    if (walled > 0 && inLung) value = mix(value, -60, 0.85 * walled);
    const blooded = vessel[i] ?? 0;
    if (blooded > 0 && value < 130) value = mix(value, 130, blooded);
    const airy = lumen[i] ?? 0;
    if (airy > 0 && inLung) value = mix(value, -990, airy);
    hu[i] = value;
  }
}
