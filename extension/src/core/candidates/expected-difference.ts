/** What is less probable belongs to the background. */
const NEGLIGIBLE = 0.05;

/**
 * 1 - Dice that two readers are expected to have to each other, if the map says for each pixel how many of them draw it: of twice the
 * expected area, sum p + sum p, two draws differ in sum 2 p (1 - p).
 */
export function expectedDifference(map: Float32Array): number {
  let disputed = 0;
  let area = 0;
  for (const p of map) {
    if (p <= NEGLIGIBLE) continue;
    disputed += p * (1 - p);
    area += p;
  }
  return area === 0 ? 0 : disputed / area;
}
