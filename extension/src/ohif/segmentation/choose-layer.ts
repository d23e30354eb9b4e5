/** Which of several labelmaps over the same image is written into: pure, so that the choice can be tested without a viewer. */
import { forEachSpan, type Mask } from '../../core/image/mask';

export type Labels = Uint8Array | Uint16Array;

export interface LayerQuestion {
  /**
   * The slices of a segmentation in its own order, each with its labelmaps (row-major). Segments that overlap lie in several of them,
   * the layers, which come in the same order on every slice; null: it cannot be read.
   */
  readonly slices: readonly (readonly (Labels | null)[])[];
  /** Index of the slice that is written to. */
  readonly slice: number;
  readonly label: number;
  /** What is written, of the size of the slice. */
  readonly mask: Mask;
}

/**
 * Index of the layer that holds the segment, on this slice or else on the nearest one that has it; of a segment that is nowhere yet, a layer
 * in which the mask takes nothing from others. The first one if there is none such.
 */
export function chooseLayer({ slices, slice, label, mask }: LayerQuestion): number {
  const layers = slices[slice] ?? [];
  for (let distance = 0; distance < slices.length; distance++) {
    for (const near of [slices[slice - distance], slices[slice + distance]]) {
      const found = near?.findIndex(labels => labels?.includes(label)) ?? -1;
      if (found >= 0 && found < layers.length) return found;
    }
  }
  const free = layers.findIndex(labels => labels !== null && isFree(labels, mask));
  return Math.max(free, 0);
}

function isFree(labels: Labels, mask: Mask): boolean {
  let free = true;
  forEachSpan(mask, (y, from, to) => {
    const row = y * mask.width;
    free &&= labels.subarray(row + from, row + to + 1).every(label => label === 0);
  });
  return free;
}
