import { groupedBy } from '../../core/grouped-by';
import type { Host } from './host';

/** A position and orientation in the patient, rounded to hundredths of a mm and thousandths; null where the image does not tell. */
type Place = string | null;

/** Indices of the images of a stack, those at one place together, in the stack's order. */
type ImagesByPlace = readonly (readonly number[])[];

/** Of the stack that was asked for last: the host tells of every step of a brush, and a series may have thousands of images. */
const known = new WeakMap<Host, { readonly stack: string; readonly images: ImagesByPlace }>();

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
  return indexBeside(imagesOf(host, imageIds), index, step);
}

/** `places`: of each image of a stack. An image that does not tell its place has one of its own. */
export function byPlace(places: readonly Place[]): ImagesByPlace {
  return [...groupedBy(places.keys(), i => places[i] ?? `image ${i}`).values()];
}

/** Images at one place are told apart by their order there; where the next place has fewer of them, its last one is taken. */
export function indexBeside(images: ImagesByPlace, index: number, step: 1 | -1): number | null {
  const [only = [], ...more] = images;
  // The frames of a film all lie in one place: there it goes from frame to frame.
  if (more.length === 0) return only[index + step] ?? null;
  const at = images.findIndex(each => each.includes(index));
  const beside = images[at + step];
  if (at < 0 || beside === undefined) return null;
  return beside[images[at]?.indexOf(index) ?? 0] ?? beside.at(-1) ?? null;
}

function imagesOf(host: Host, imageIds: readonly string[]): ImagesByPlace {
  const stack = `${imageIds.length} ${imageIds[0] ?? ''} ${imageIds.at(-1) ?? ''}`;
  const kept = known.get(host);
  if (kept?.stack === stack) return kept.images;
  const areSeveral = severalObjects(imageIds);
  const images = byPlace(imageIds.map(imageId => (areSeveral ? placeOf(host, imageId) : null)));
  known.set(host, { stack, images });
  return images;
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
  return rounded.join(' ');
}
