import { seededRandom } from '../../extension/src/core/random';
import type { Point, Slice } from '../../extension/src/core/image/slice';

const side = 512;

/** A slice in Hounsfield units, as large as those of a CT: a body, two lungs, and in the right one a nodule with a soft border. */
export function syntheticSlice(number: number): { readonly slice: Slice; readonly nodule: Point } {
  const random = seededRandom(number);
  const nodule = { x: 170 + 20 * random.uniform(), y: 240 + 40 * random.uniform() };
  const radius = 7 + 8 * random.uniform();
  const values = new Int16Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const inBody = ellipse(x, y, 256, 260, 220, 160) < 1;
      const inLung = ellipse(x, y, 165, 255, 75, 105) < 1 || ellipse(x, y, 345, 255, 75, 105) < 1;
      const tissue = inLung ? -850 : inBody ? 40 : -1000;
      const distance = Math.hypot(x - nodule.x, y - nodule.y);
      const share = 1 / (1 + Math.exp((distance - radius) / 1.5));
      values[y * side + x] = tissue + share * (30 - tissue) + 25 * random.normal();
    }
  }
  return {
    slice: {
      key: `synthetic-${number}`,
      width: side,
      height: side,
      channels: 1,
      values,
      spacing: { x: 0.7, y: 0.7, unit: 'mm' },
      window: { lower: -1350, upper: 150 },
      inverted: false,
      modality: 'CT',
    },
    nodule: { x: Math.round(nodule.x), y: Math.round(nodule.y) },
  };
}

function ellipse(x: number, y: number, cx: number, cy: number, rx: number, ry: number): number {
  return ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2;
}
