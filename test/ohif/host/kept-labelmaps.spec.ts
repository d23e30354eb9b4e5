import { beforeEach, expect, it } from '@jest/globals';
import type { CornerstoneImage } from '../../../extension/src/ohif/host/cornerstone-types';
import { KeptLabelmaps } from '../../../extension/src/ohif/host/kept-labelmaps';
import { ImageCache, REMOVED } from '../image-cache';

const SEGMENTATION_REMOVED = 'segmentation-removed';
/** Bytes of the cache: ten images. */
const LIMIT = 1000;

let cache: ImageCache;
let kept: KeptLabelmaps;

const picture = (imageId: string): CornerstoneImage => {
  const labels = new Uint8Array(100);
  return { imageId, rows: 10, columns: 10, sizeInBytes: 100, getPixelData: () => labels };
};

/** The viewer loads images of a series. */
const load = (series: string, count: number): void => {
  for (let i = 0; i < count; i++) cache.put(picture(`${series}/${i}`), false);
};

const labelmaps = (count: number): string[] => Array.from({ length: count }, (_, i) => `labelmap/${i}`);

/** The viewer has labelmaps, which are kept. */
const keep = (count: number): string[] => {
  const imageIds = labelmaps(count);
  for (const imageId of imageIds) cache.put(picture(imageId), false);
  kept.keepAll('segmentation', imageIds);
  return imageIds;
};

const present = (imageIds: readonly string[]): number =>
  imageIds.filter(imageId => cache.has(imageId)).length;

const removeSegmentation = (segmentationId: string): void => {
  cache.eventTarget.dispatchEvent(new CustomEvent(SEGMENTATION_REMOVED, { detail: { segmentationId } }));
};

beforeEach(() => {
  cache = new ImageCache(LIMIT);
  kept = new KeptLabelmaps({
    cornerstone: {
      cache,
      eventTarget: cache.eventTarget,
      Enums: { Events: { IMAGE_CACHE_IMAGE_REMOVED: REMOVED } },
    },
    tools: {
      Enums: { MouseBindings: {}, KeyboardBindings: {}, Events: { SEGMENTATION_REMOVED } },
    },
  });
});

it('can still read a labelmap that the cache has dropped', () => {
  const [first = ''] = keep(3);
  const before = kept.image(first);
  load('other', 10);
  expect(cache.has(first)).toBe(false);
  expect(kept.image(first)).toBe(before);
});

it('puts dropped labelmaps back into the cache as soon as the cache has made its room', async () => {
  const imageIds = keep(3);
  load('other', 10);
  await Promise.resolve();
  expect(present(imageIds)).toBe(3);
});

it('costs the images that were used longest ago, not other labelmaps', async () => {
  const imageIds = keep(4);
  load('prior', 6);
  // Of the labelmaps, the first alone.
  load('other', 1);
  await Promise.resolve();
  expect(present(imageIds)).toBe(4);
  expect(cache.has('prior/0')).toBe(false);
  expect(cache.has('other/0')).toBe(true);
});

it('puts labelmaps back after the viewer has emptied its cache', async () => {
  const imageIds = keep(3);
  cache.purge();
  await Promise.resolve();
  expect(present(imageIds)).toBe(3);
});

it('leaves half of the cache to the images, however many labelmaps there are', async () => {
  const imageIds = keep(8);
  cache.purge();
  await Promise.resolve();
  expect(present(imageIds)).toBe(5);
  expect(imageIds.every(imageId => kept.image(imageId) !== undefined)).toBe(true);
});

it('fails nobody where volumes fill the cache: the labelmaps can still be read', async () => {
  const imageIds = keep(2);
  for (let i = 0; i < 10; i++) cache.put(picture(`volume/${i}`), true);
  await Promise.resolve();
  expect(present(imageIds)).toBe(0);
  expect(imageIds.every(imageId => kept.image(imageId) !== undefined)).toBe(true);
});

it('does not push labelmaps out for one another without end where volumes leave little room', async () => {
  const imageIds = keep(4);
  for (let i = 0; i < 8; i++) cache.put(picture(`volume/${i}`), true);
  const before = cache.searches;
  for (let i = 0; i < 10; i++) await Promise.resolve();
  expect(cache.searches - before).toBeLessThanOrEqual(1);
  expect(present(imageIds)).toBe(2);
});

it('puts a single labelmap back on demand', () => {
  const [first = ''] = keep(2);
  load('other', 10);
  kept.putBack(first);
  expect(cache.has(first)).toBe(true);
  expect(() => kept.putBack(first)).not.toThrow();
});

it('lets go of the labelmaps of a segmentation that is removed', async () => {
  const imageIds = keep(3);
  removeSegmentation('another');
  load('other', 10);
  removeSegmentation('segmentation');
  await Promise.resolve();
  expect(present(imageIds)).toBe(0);
  expect(imageIds.map(imageId => kept.image(imageId))).toEqual([undefined, undefined, undefined]);
});

it('does not pretend to keep a segmentation of which a labelmap is gone already', () => {
  cache.put(picture('labelmap/0'), false);
  expect(kept.keepAll('segmentation', labelmaps(2))).toBe(false);
  cache.purge();
  expect(kept.image('labelmap/0')).toBeUndefined();
});
