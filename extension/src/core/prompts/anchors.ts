import { toModel, type Crop, type Grid } from '../image/crop';
import { hintsOf, type Prompt } from './prompts';

/** A region belongs to a click that misses it by this many model pixels. */
const TOLERANCE = 1;

/** [S,S], 1 where the user said that the structure is: around positive points, and inside boxes. */
export function promptAnchors(prompts: readonly Prompt[], crop: Crop, grid: Grid, size: number): Uint8Array {
  const anchors = new Uint8Array(size * size);
  const fill = (left: number, top: number, right: number, bottom: number): void => {
    for (let v = Math.max(0, top); v <= Math.min(size - 1, bottom); v++) {
      for (let u = Math.max(0, left); u <= Math.min(size - 1, right); u++) anchors[v * size + u] = 1;
    }
  };
  for (const hint of hintsOf(prompts)) {
    if (!hint.positive) continue;
    const { x, y } = toModel(crop, grid, size, hint.at);
    const u = Math.round(x);
    const v = Math.round(y);
    fill(u - TOLERANCE, v - TOLERANCE, u + TOLERANCE, v + TOLERANCE);
  }
  for (const prompt of prompts) {
    if (prompt.kind !== 'box') continue;
    const a = toModel(crop, grid, size, prompt.from);
    const b = toModel(crop, grid, size, prompt.to);
    fill(
      Math.ceil(Math.min(a.x, b.x)),
      Math.ceil(Math.min(a.y, b.y)),
      Math.floor(Math.max(a.x, b.x)),
      Math.floor(Math.max(a.y, b.y)),
    );
  }
  return anchors;
}

/** Adds to the anchors every pixel at which the map lies above the threshold. Returns new anchors. */
export function withRegion(anchors: Uint8Array, map: Float32Array, threshold: number): Uint8Array {
  return anchors.map((anchor, i) => (anchor !== 0 || (map[i] as number) > threshold ? 1 : 0));
}
