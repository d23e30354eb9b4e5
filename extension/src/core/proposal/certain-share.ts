/** Nearly all samples agree on a pixel of which their mean says more than this. */
const CERTAIN = 0.9;

/** Share of what lies above the threshold on which nearly all samples agree; `map` is their mean probability. */
export function certainShare(map: Float32Array, threshold: number): number {
  let inside = 0;
  let certain = 0;
  for (const p of map) {
    if (p > threshold) inside++;
    if (p > CERTAIN) certain++;
  }
  return inside === 0 ? 0 : Math.min(1, certain / inside);
}
