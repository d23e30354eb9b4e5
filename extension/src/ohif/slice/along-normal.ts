/** ImagePositionPatient (0020,0032) and ImageOrientationPatient (0020,0037) of an image. */
interface Placed {
  readonly position: readonly [number, number, number];
  readonly orientation: readonly number[];
}

/** Where an image lies along the normal of its plane (mm); 0 for images without a place, whose order then stays as it is. */
export function alongNormal(geometry: Placed | null): number {
  if (geometry === null) return 0;
  const normal = normalOf(geometry.orientation);
  const [x, y, z] = geometry.position;
  return x * normal[0] + y * normal[1] + z * normal[2];
}

/** Of ImageOrientationPatient (0020,0037): the way from one slice to the next, of length 1. */
export function normalOf(orientation: readonly number[]): readonly [number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = orientation;
  return [b * f - c * e, c * d - a * f, a * e - b * d];
}
