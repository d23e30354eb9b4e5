import type { Mask } from '../../../extension/src/core/image/mask';

export function emptyMask(width: number, height: number): Mask {
  return { width, height, runs: new Uint32Array(0), area: 0 };
}
