/** What tests do inside of the viewer's page: each function is sent there as it is written and knows nothing of this file. */
import type {} from './host-window';

/** The image of the first viewport is decoded and drawn. */
export function showsImage(): boolean {
  const viewport = window.cornerstone?.getRenderingEngines()[0]?.getViewports()[0];
  return viewport !== undefined && (viewport.getImageData() ?? null) !== null;
}

/** The first viewport draws an image of the series with this description; of a stack not the one that it is about to leave. */
export function showsSeries(description: string): boolean {
  const viewport = window.cornerstone.getRenderingEngines()[0]?.getViewports()[0];
  const shown = viewport?.getCurrentImageId() ?? null;
  if (viewport === undefined || shown === null || (viewport.getImageData() ?? null) === null) return false;
  const instance = window.cornerstone.metaData.get('instance', shown) as
    { SeriesDescription?: string } | undefined;
  if (instance?.SeriesDescription !== description) return false;
  return viewport.getCornerstoneImage === undefined || viewport.getCornerstoneImage()?.imageId === shown;
}

/** Position on the page of a slice pixel's centre in the first viewport. */
export function positionOnPage([column, row]: readonly [number, number]): { x: number; y: number } {
  const viewport = window.cornerstone.getRenderingEngines()[0]?.getViewports()[0];
  if (viewport === undefined) throw new Error('There is no viewport.');
  const world = viewport.getImageData().imageData.indexToWorld([column, row, 0]);
  const [canvasX, canvasY] = viewport.worldToCanvas(world);
  const box = viewport.canvas.getBoundingClientRect();
  // A mouse points at whole pixels: what lies between them browsers cut off.
  return { x: Math.round(box.left + canvasX), y: Math.round(box.top + canvasY) };
}

/** Brings an image of the first viewport's series onto the screen, counted along the axis from the lowest. */
export async function showImage(wanted: number): Promise<void> {
  const viewport = window.cornerstone.getRenderingEngines()[0]?.getViewports()[0];
  if (viewport === undefined) throw new Error('There is no viewport.');
  const positions = viewport.getImageIds().map((imageId, place) => {
    const plane = window.cornerstone.metaData.get('imagePlaneModule', imageId) as
      { imagePositionPatient?: number[] } | undefined;
    return { place, height: plane?.imagePositionPatient?.[2] ?? place };
  });
  positions.sort((a, b) => a.height - b.height);
  const target = positions[wanted];
  if (target === undefined) throw new Error(`The series has ${positions.length} images.`);
  await viewport.setImageIdIndex(target.place);
}

/** Nothing cuts an element that stands in the window, and nothing lies over it: it is what is met at each of its corners. */
export function isSeenWhole(element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return [left + 1, right - 1].every(x =>
    [top + 1, bottom - 1].every(y => element.contains(document.elementFromPoint(x, y))),
  );
}

/** Red, green and blue, 0..255, of a word in the panel's card of the recommended mask, of what it stands on, and of that mask on the slice. */
export function coloursOf(word: Element): readonly (readonly number[])[] {
  const pixel = document.createElement('canvas').getContext('2d');
  const card = word.closest('.spa-recommended');
  const swatch = document.querySelector('.spa-swatch-recommended');
  if (pixel === null || card === null || swatch === null) throw new Error('There is no recommended mask.');
  // Painted: a style names colours in many ways.
  return [
    getComputedStyle(word).color,
    getComputedStyle(card).backgroundColor,
    getComputedStyle(swatch).backgroundColor,
  ].map(colour => {
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
  });
}
