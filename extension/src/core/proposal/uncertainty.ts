import { cropBox, type Crop, type Grid, type PixelBox } from '../image/crop';
import { valuesOnSlice, type CropMap } from '../image/crop-map';

/** Uncertainty per pixel (0 certain .. 255 undecided) inside a box of the slice's grid, row-major. */
export interface UncertaintyValues extends PixelBox {
  readonly values: Uint8Array;
}

/** 4 p (1 - p) of the samples' mean probability, within the crop: 255 where half of them say inside. */
export function uncertaintyOnSlice(mean: CropMap, crop: Crop, grid: Grid): UncertaintyValues {
  const box = cropBox(crop, grid) ?? { x: 0, y: 0, width: 0, height: 0 };
  const probability = valuesOnSlice(mean, crop, grid, box);
  const values = new Uint8Array(probability.length);
  for (let i = 0; i < values.length; i++) {
    const p = probability[i] as number;
    values[i] = Math.round(4 * p * (1 - p) * 255);
  }
  return { ...box, values };
}
