/**
 * Squared Euclidean distance of each pixel inside to the nearest pixel outside, exact; what lies beyond the image counts as outside, or
 * as being just as its rim. Row-major; 0 outside; more than the squared sum of both sides where nothing is outside.
 *
 * Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions", Theory of Computing 8, 2012: the lower envelope of
 * parabolas, first down the columns, then along the rows.
 */
export function squaredDepth(
  inside: Uint8Array,
  width: number,
  height: number,
  beyond: 'outside' | 'as-rim' = 'outside',
): Float64Array {
  const depth = new Float64Array(width * height);
  const column = new Float64Array(height + 2);
  const row = new Float64Array(width + 2);
  const far = (width + height + 2) ** 2;
  if (beyond === 'as-rim') {
    column.fill(far);
    row.fill(far);
  }
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y + 1] = inside[y * width + x] === 0 ? 0 : far;
    const lower = lowerEnvelope(column);
    for (let y = 0; y < height; y++) depth[y * width + x] = lower[y + 1] ?? 0;
  }
  for (let y = 0; y < height; y++) {
    row.set(depth.subarray(y * width, (y + 1) * width), 1);
    depth.set(lowerEnvelope(row).subarray(1, width + 1), y * width);
  }
  return depth;
}

/** min over q of (p - q)^2 + heights[q], for each p. */
function lowerEnvelope(heights: Float64Array): Float64Array {
  const count = heights.length;
  const height = (q: number): number => heights[q] ?? 0;
  /** Vertices of the parabolas in the envelope, and where each begins to be the lowest. */
  const vertices = new Int32Array(count);
  const begins = new Float64Array(count);
  let last = 0;
  begins[0] = -Infinity;
  for (let q = 1; q < count; q++) {
    let crossing = -Infinity;
    for (; last >= 0; last--) {
      const v = vertices[last] ?? 0;
      crossing = (height(q) + q * q - height(v) - v * v) / (2 * (q - v));
      if (crossing > (begins[last] ?? 0)) break;
    }
    last++;
    vertices[last] = q;
    begins[last] = last === 0 ? -Infinity : crossing;
  }
  const lowest = new Float64Array(count);
  let at = 0;
  for (let p = 0; p < count; p++) {
    while (at < last && (begins[at + 1] ?? Infinity) < p) at++;
    const v = vertices[at] ?? 0;
    lowest[p] = (p - v) * (p - v) + height(v);
  }
  return lowest;
}
