/** Sum of squares of a map. */
export function squares(map: Float32Array): number {
  return innerProduct(map, map);
}

function innerProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/**
 * Soft intersection over union (Tanimoto) of two probability maps: <a,b> / (<a,a> + <b,b> - <a,b>); 1 for equal maps. `ofA` and `ofB`
 * are their sums of squares, where the caller has them already.
 */
export function softOverlap(a: Float32Array, b: Float32Array, ofA = squares(a), ofB = squares(b)): number {
  const both = innerProduct(a, b);
  const either = ofA + ofB - both;
  return either <= 0 ? 1 : both / either;
}
