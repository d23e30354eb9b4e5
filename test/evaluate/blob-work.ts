import { encodeMask } from '../../extension/src/core/image/mask';
import type { Work } from '../../tools/evaluate/work';
import { blobSlice } from '../core/network/fake-network';

const [width, height] = [120, 100];

/** A blob as a reader draws it: everything brighter than `level` of its middle. */
export function blobWork(radius: number, level: number, at = { x: 60, y: 50 }): Work {
  const slice = blobSlice({ ...at, radius }, { width, height });
  const drawn = Array.from(slice.values, value => (value > 1000 * level ? 1 : 0));
  return { slice, target: { mask: encodeMask(drawn, width, height), votes: Uint8Array.from(drawn) } };
}
