/** @jest-environment jsdom */
import { jest } from '@jest/globals';
import { cleanup, render, waitFor } from '@testing-library/react';

import type { Thumbnail } from '../../extension/src/panel/panel-model';
import { ThumbnailCanvas } from '../../extension/src/panel/thumbnail-canvas';
import { canvasGives, thumbnail } from './fake-store';

afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
  Object.defineProperty(window, 'devicePixelRatio', { value: 1, configurable: true });
});

test('draws the given pixels at the resolution of the screen, and anew when they change', async () => {
  const put = jest.fn<(image: { data: Uint8ClampedArray }) => void>();
  const drawImage = jest.fn();
  canvasGives({
    createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(width * height * 4) }),
    putImageData: put,
    clearRect: jest.fn(),
    drawImage,
  });
  jest.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(75);
  Object.defineProperty(window, 'devicePixelRatio', { value: 2, configurable: true });

  const { container, rerender } = render(<ThumbnailCanvas thumbnail={thumbnail(7)} />);
  await waitFor(() => expect(put.mock.calls[0]?.[0].data).toEqual(thumbnail(7).rgba));
  expect(drawImage).toHaveBeenCalledWith(expect.anything(), 0, 0, 150, 150);
  expect(container.querySelector('canvas')?.width).toBe(150);

  rerender(<ThumbnailCanvas thumbnail={thumbnail(9)} />);
  // The former picture is gone at once, however long the new one takes.
  expect(container.querySelector('canvas')?.width).toBe(0);
  await waitFor(() => expect(put.mock.calls[1]?.[0].data).toEqual(thumbnail(9).rgba));
});

test('the pictures of one proposal are drawn together, in one frame', async () => {
  const drawImage = jest.fn();
  canvasGives({
    createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(width * height * 4) }),
    putImageData: jest.fn(),
    clearRect: jest.fn(),
    drawImage,
  });
  const frames = jest.spyOn(window, 'requestAnimationFrame');
  render(
    <>
      {[1, 2, 3, 4, 5].map(n => (
        <ThumbnailCanvas key={n} thumbnail={thumbnail(n)} />
      ))}
    </>,
  );
  await waitFor(() => expect(drawImage).toHaveBeenCalledTimes(5));
  expect(frames).toHaveBeenCalledTimes(1);
});

test('the pictures of one proposal are computed one after the other, so that input is answered in between', async () => {
  const drawImage = jest.fn();
  canvasGives({
    createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(width * height * 4) }),
    putImageData: jest.fn(),
    clearRect: jest.fn(),
    drawImage,
  });
  let inThisTask = 0;
  const most: number[] = [];
  const drawnBefore: number[] = [];
  const lazily = (): Thumbnail => {
    let rgba: Uint8ClampedArray | null = null;
    const compute = (): Uint8ClampedArray => {
      most.push(++inThisTask);
      setTimeout(() => (inThisTask = 0));
      drawnBefore.push(drawImage.mock.calls.length);
      return new Uint8ClampedArray(16);
    };
    return {
      size: 2,
      get rgba() {
        return (rgba ??= compute());
      },
    };
  };
  const thumbnails = [lazily(), lazily(), lazily(), lazily(), lazily()];
  render(
    <>
      {thumbnails.map((each, n) => (
        <ThumbnailCanvas key={n} thumbnail={each} />
      ))}
    </>,
  );
  await waitFor(() => expect(drawImage).toHaveBeenCalledTimes(5));
  expect(most).toEqual([1, 1, 1, 1, 1]);
  expect(drawnBefore).toEqual([0, 0, 0, 0, 0]);
});

test('is a picture with a name, or decoration without one', () => {
  canvasGives(null);
  const { container, rerender } = render(<ThumbnailCanvas thumbnail={thumbnail()} description="The mask" />);
  expect(container.querySelector('canvas')?.getAttribute('aria-label')).toBe('The mask');
  rerender(<ThumbnailCanvas thumbnail={thumbnail()} />);
  expect(container.querySelector('canvas')?.getAttribute('aria-hidden')).toBe('true');
});
