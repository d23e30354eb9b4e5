import type { Host } from './host';

/** A position and orientation in the patient, rounded to hundredths of a mm and thousandths; null where the image does not tell. */
type Place = string | null;

interface KnownPlaces {
  readonly stack: string;
  readonly places: readonly Place[];
}

/** Of the stack that was asked for last: each of its images is asked for its place only once. */
const known = new WeakMap<Host, KnownPlaces>();

/**
 * Index of the image beside `index` in a stack, `step` 1 or -1 away; null at its end. Where the series has several images at a place (echoes,
 * b-values, moments) it is the one of the same kind at the next place: the image beside it in the stack may be another echo of the same.
 */
export function besideInStack(
  host: Host,
  imageIds: readonly string[],
  index: number,
  step: 1 | -1,
): number | null {
  return indexBeside(placesOf(host, imageIds), index, step);
}

/**
 * `places`: of each image of a stack. Images at one place are told apart by their order there; where the next place has fewer of them, its last
 * one is taken.
 */
export function indexBeside(places: readonly Place[], index: number, step: 1 | -1): number | null {
  const imagesAt = new Map<string, number[]>();
  places.forEach((place, i) => {
    const key = place ?? `image ${i}`;
    const images = imagesAt.get(key);
    if (images === undefined) imagesAt.set(key, [i]);
    else images.push(i);
  });
  const groups = [...imagesAt.values()];
  // The frames of a film all lie in one place: there it goes from frame to frame.
  if (groups.length === 1) return index + step in places ? index + step : null;
  const at = groups.findIndex(images => images.includes(index));
  const beside = groups[at + step];
  if (at < 0 || beside === undefined) return null;
  return beside[groups[at]?.indexOf(index) ?? 0] ?? beside.at(-1) ?? null;
}

function placesOf(host: Host, imageIds: readonly string[]): readonly Place[] {
  const stack = `${imageIds.length} ${imageIds[0] ?? ''} ${imageIds.at(-1) ?? ''}`;
  const kept = known.get(host);
  if (kept?.stack === stack) return kept.places;
  const places = severalObjects(imageIds)
    ? imageIds.map(imageId => placeOf(host, imageId))
    : imageIds.map(() => null);
  known.set(host, { stack, places });
  return places;
}

/** Frames of one object are one behind the other; viewer 3.12 moves those of a dose each time it is asked where they lie. */
function severalObjects(imageIds: readonly string[]): boolean {
  const objects = new Set(imageIds.map(id => id.replace(/(\/frames\/|[?&]frame=)\d+/, '')));
  return objects.size === imageIds.length;
}

function placeOf({ cornerstone }: Host, imageId: string): Place {
  // ImagePositionPatient (0020,0032), ImageOrientationPatient (0020,0037)
  const { ImagePositionPatient: position, ImageOrientationPatient: orientation } = (cornerstone.metaData.get(
    'instance',
    imageId,
  ) ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(position) || position.length !== 3) return null;
  const directions = Array.isArray(orientation) ? orientation : [];
  const rounded = [
    ...position.map(value => Math.round(Number(value) * 100)),
    ...directions.map(value => Math.round(Number(value) * 1000)),
  ];
  // -0 and 0 are one place.
  return rounded.map(value => value + 0).join(' ');
}
