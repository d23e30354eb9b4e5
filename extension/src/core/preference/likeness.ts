/** Soft intersection over union (Tanimoto) of two probability maps: <a,b> / (<a,a> + <b,b> - <a,b>); 1 for equal maps. */
export function softOverlap(a: Float32Array, b: Float32Array): number {
  let both = 0;
  let squares = 0;
  for (let i = 0; i < a.length; i++) {
    const p = a[i] as number;
    const q = b[i] as number;
    both += p * q;
    squares += p * p + q * q;
  }
  return squares === 0 ? 1 : both / (squares - both);
}
