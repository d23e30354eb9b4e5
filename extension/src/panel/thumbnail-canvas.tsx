import { useLayoutEffect, useRef } from 'react';

import { onePerFrame } from './one-per-frame';
import type { Thumbnail } from './panel-model';

/** Drawn by the processor: a picture this small is not worth the wait for the graphics card, which may be busy with the viewport. */
const small: CanvasRenderingContext2DSettings = { willReadFrequently: true };

/** Draws the picture at the canvas's own number of device pixels: a scaled canvas would be soft on one screen and ragged on another. */
function paint(canvas: HTMLCanvasElement, thumbnail: Thumbnail, devicePixels: number): void {
  const side = Math.max(1, Math.round(devicePixels));
  if (canvas.width !== side) canvas.width = side;
  if (canvas.height !== side) canvas.height = side;
  const source = document.createElement('canvas');
  source.width = thumbnail.size;
  source.height = thumbnail.size;
  const pixels = source.getContext('2d', small);
  const context = canvas.getContext('2d', small);
  // A browser out of graphics memory gives no context: the numbers on the card still stand.
  if (context === null || pixels === null) return;
  const image = pixels.createImageData(thumbnail.size, thumbnail.size);
  image.data.set(thumbnail.rgba);
  pixels.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.clearRect(0, 0, side, side);
  context.drawImage(source, 0, 0, side, side);
}

/** What waits to be drawn, and whether its pixels are computed. */
interface Waiting {
  readonly thumbnail: Thumbnail;
  readonly paint: () => void;
  isComputed: boolean;
}

/**
 * The pictures of one proposal appear together, after a frame of the numbers beside them. Their pixels are computed before, each picture's
 * in a task of its own: all at once would hold up the page, and a frame for each would make them come late where frames are slow.
 */
const waiting = new Set<Waiting>();

function paintSoon(thumbnail: Thumbnail, paintPicture: () => void): () => void {
  const entry = { thumbnail, paint: paintPicture, isComputed: false };
  waiting.add(entry);
  if (waiting.size === 1) onePerFrame(workOff);
  return () => void waiting.delete(entry);
}

function workOff(): void {
  const next = [...waiting].find(entry => !entry.isComputed);
  if (next === undefined) {
    const pictures = [...waiting];
    waiting.clear();
    for (const picture of pictures) picture.paint();
    return;
  }
  next.isComputed = true;
  // Reading computes it.
  void next.thumbnail.rgba;
  setTimeout(workOff);
}

/** A square picture that fills the width it is given. Without `description` it is decoration for the text beside it. */
export function ThumbnailCanvas({
  thumbnail,
  description,
}: {
  readonly thumbnail: Thumbnail;
  readonly description?: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    // At once: until its turn comes the former mask would stand above the new one's numbers. A canvas of no width holds nothing.
    element.width = 0;
    let callOff = (): void => undefined;
    const draw = (): void => {
      callOff();
      callOff = paintSoon(thumbnail, () =>
        paint(element, thumbnail, element.clientWidth * window.devicePixelRatio),
      );
    };
    if (typeof ResizeObserver === 'undefined') {
      draw();
      return () => callOff();
    }
    // Tells the size at once when it begins to observe.
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => {
      observer.disconnect();
      callOff();
    };
  }, [thumbnail]);

  return description === undefined ? (
    <canvas ref={canvas} className="spa-thumbnail" aria-hidden="true" />
  ) : (
    <canvas ref={canvas} className="spa-thumbnail" role="img" aria-label={description} />
  );
}
