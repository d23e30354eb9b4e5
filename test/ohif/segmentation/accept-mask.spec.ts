import { beforeEach, describe, expect, it } from '@jest/globals';
import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import { acceptMask } from '../../../extension/src/ohif/segmentation/accept-mask';
import type { WrittenMask } from '../../../extension/src/ohif/segmentation/written-mask';
import { HEIGHT, WIDTH } from '../fake-viewer/images';
import { FakeViewer } from '../fake-viewer/viewer';
import { VIEWPORT } from '../fake-viewer/viewport';

let viewer: FakeViewer;
const maskOf = (...pixels: readonly number[]): Mask =>
  encodeMask(
    Array.from({ length: WIDTH * HEIGHT }, (_, i) => (pixels.includes(i) ? 1 : 0)),
    WIDTH,
    HEIGHT,
  );
const twoPixels = maskOf(9, 10);

let restored: boolean[];
const tellRestored = (undo: boolean): void => void restored.push(undo);
let pauses = 0;
const pause = async (): Promise<void> => {
  pauses++;
};

async function accept(
  imageId = 'image-1',
  mask = twoPixels,
  earlier: readonly WrittenMask[] = [],
): Promise<WrittenMask> {
  const written = await acceptMask(viewer.host, {
    viewportId: VIEWPORT,
    imageId,
    mask,
    earlier,
    algorithm: 'SPA 1.0',
    newLabel: 'New',
    pause,
    restored: tellRestored,
  });
  return { ...written, mask };
}

const inside = (labelmapImageId: string): number[] =>
  viewer.images.labels(labelmapImageId).flatMap((label, i) => (label === 0 ? [] : [i]));

beforeEach(() => {
  viewer = new FakeViewer();
  pauses = 0;
  restored = [];
});

const only = (): string => [...viewer.segmentations.keys()].join();
/** The labelmap image of the only segmentation that belongs to an image. */
const labelmapOf = (imageId: string): string =>
  viewer.segmentations
    .get(only())
    ?.representationData.Labelmap?.imageIds?.find(
      id => viewer.images.get(id)?.referencedImageId === imageId,
    ) ?? '';

it('makes a segmentation where there is none and writes on the slice that was in work only', async () => {
  const { into } = await accept();
  expect(into).toEqual({ segmentationId: only(), segmentIndex: 1 });
  expect(viewer.segmentations.get(only())?.label).toBe('New');
  expect(inside(labelmapOf('image-1'))).toEqual([9, 10]);
  expect(inside(labelmapOf('image-0'))).toEqual([]);
});

it('draws a structure anew that was accepted there before, and adds another one', async () => {
  const first = await accept('image-1', maskOf(9, 10, 11));
  const other = await accept('image-1', maskOf(20, 21), [first]);
  expect(inside(labelmapOf('image-1'))).toEqual([9, 10, 11, 20, 21]);
  await accept('image-1', maskOf(10, 11), [first, other]);
  expect(inside(labelmapOf('image-1'))).toEqual([10, 11, 20, 21]);
  viewer.history.undo();
  expect(inside(labelmapOf('image-1'))).toEqual([9, 10, 11, 20, 21]);
});

it('leaves another structure whole that overlaps the one that is drawn anew', async () => {
  const first = await accept('image-1', maskOf(9, 10, 11, 12));
  const beside = await accept('image-1', maskOf(12, 13, 14, 15), [first]);
  await accept('image-1', maskOf(9, 10), [first, beside]);
  expect(inside(labelmapOf('image-1'))).toEqual([9, 10, 12, 13, 14, 15]);
});

it('leaves the one of two structures that were accepted as one alone when the other is accepted after it', async () => {
  const both = await accept('image-1', maskOf(9, 10, 12, 13));
  const one = await accept('image-1', maskOf(9, 10), [both]);
  await accept('image-1', maskOf(12, 13), [both, one]);
  expect(inside(labelmapOf('image-1'))).toEqual([9, 10, 12, 13]);
});

it('draws a structure anew however often it was accepted', async () => {
  const drawings = [maskOf(9, 10, 11, 12), maskOf(9, 10, 11), maskOf(10, 11), maskOf(11)];
  const earlier: WrittenMask[] = [];
  for (const mask of drawings) {
    earlier.push(await accept('image-1', mask, [...earlier]));
    expect(inside(labelmapOf('image-1'))).toHaveLength(mask.area);
  }
  for (const { area } of [...drawings.slice(0, -1)].reverse()) {
    viewer.history.undo();
    expect(inside(labelmapOf('image-1'))).toHaveLength(area);
  }
  for (const { area } of drawings.slice(1)) {
    viewer.history.redo();
    expect(inside(labelmapOf('image-1'))).toHaveLength(area);
  }
});

describe('what a drawing had taken of another segment', () => {
  const labels = (): number[] => viewer.images.labels('both/image-1').slice(8, 14);

  beforeEach(() => {
    viewer.segmentations.addLabelmap('both', {
      1: { segmentIndex: 1, label: 'Liver' },
      2: { segmentIndex: 2, label: 'Tumour', active: true },
    });
    viewer.images.get('both/image-1')?.getPixelData().fill(1, 8, 13);
  });

  it('is that one’s again where the structure is drawn anew without it, and by Undo and Redo as well', async () => {
    const first = await accept('image-1', maskOf(10, 11, 12, 13));
    expect(labels()).toEqual([1, 1, 2, 2, 2, 2]);
    await accept('image-1', maskOf(11, 10), [first]);
    expect(labels()).toEqual([1, 1, 2, 2, 1, 0]);
    viewer.history.undo();
    expect(labels()).toEqual([1, 1, 2, 2, 2, 2]);
    viewer.history.redo();
    expect(labels()).toEqual([1, 1, 2, 2, 1, 0]);
  });

  it('is that one’s again however often it was drawn in between', async () => {
    const earlier: WrittenMask[] = [];
    for (const mask of [maskOf(10, 11, 12), maskOf(11, 12), maskOf(10, 11, 12), maskOf(11, 10)])
      earlier.push(await accept('image-1', mask, [...earlier]));
    expect(labels()).toEqual([1, 1, 2, 2, 1, 0]);
    await accept('image-1', maskOf(10), earlier);
    expect(labels()).toEqual([1, 1, 2, 1, 1, 0]);
  });

  it.each<[string, () => void]>([
    ['locked', () => viewer.segmentations.locked.add('both 1')],
    [
      'gone',
      () =>
        viewer.segmentations.replaceSegments('both', {
          2: { segmentIndex: 2, label: 'Tumour', active: true },
        }),
    ],
  ])('is nobody’s where that one is %s by then', async (_, change) => {
    const first = await accept('image-1', maskOf(10, 11, 12));
    change();
    await accept('image-1', maskOf(11, 10), [first]);
    expect(labels()).toEqual([1, 1, 2, 2, 0, 0]);
  });
});

it('leaves alone what was accepted into another segment', async () => {
  const first = await accept('image-1', maskOf(9, 10, 11));
  const elsewhere = { ...first, into: { ...first.into, segmentIndex: 2 } };
  await accept('image-1', maskOf(10, 11), [elsewhere]);
  expect(inside(labelmapOf('image-1'))).toEqual([9, 10, 11]);
});

it('writes into the active segment of the active segmentation', async () => {
  viewer.segmentations.addLabelmap('liver', { 4: { segmentIndex: 4, label: 'Liver', active: true } });
  await accept();
  expect(viewer.images.labels('liver/image-1').filter(label => label !== 0)).toEqual([4, 4]);
  expect(viewer.segmentations.size).toBe(1);
});

it('makes a new segmentation where the active one belongs to other images', async () => {
  viewer.segmentations.addLabelmap('other', { 1: { segmentIndex: 1, label: 'S', active: true } }, [
    'elsewhere-0',
    'elsewhere-1',
  ]);
  const { segmentationId } = (await accept()).into;
  expect(segmentationId).not.toBe('other');
  expect(viewer.segmentations.get(segmentationId)?.label).toBe('New');
});

it('makes the labelmaps of a long series a few at a time, with the page’s work in between', async () => {
  viewer = new FakeViewer(100);
  const made: number[] = [];
  const countedPause = async (): Promise<void> => {
    made.push(viewer.images.size - 100);
  };
  const request = {
    viewportId: VIEWPORT,
    mask: twoPixels,
    earlier: [],
    algorithm: 'SPA 1.0',
    newLabel: 'New',
    restored: tellRestored,
  };
  await acceptMask(viewer.host, { ...request, imageId: 'image-99', pause: countedPause });
  const steps = made.map((count, i) => count - (made[i - 1] ?? 0));
  expect(Math.max(...steps)).toBeLessThanOrEqual(16);
  expect(inside(labelmapOf('image-99'))).toEqual([9, 10]);
});

it('does not make the page wait where the segmentation is there already', async () => {
  await accept();
  pauses = 0;
  await accept('image-0');
  expect(pauses).toBe(0);
});

it('makes no segmentation in a viewer that has closed the series meanwhile', async () => {
  const leaving = acceptMask(viewer.host, {
    ...{
      viewportId: VIEWPORT,
      imageId: 'image-1',
      mask: twoPixels,
      earlier: [],
      algorithm: 'SPA 1.0',
      newLabel: 'New',
    },
    restored: tellRestored,
    pause: async () => {
      viewer.viewport.series = [];
    },
  });
  await expect(leaving).rejects.toMatchObject({ code: 'no-image' });
  expect(viewer.segmentations.size).toBe(0);
});

it('marks the segment as semiautomatic, with name and version, for the exporter', async () => {
  await accept();
  expect(viewer.segmentations.get(only())?.segments[1]).toMatchObject({
    algorithmType: 'SEMIAUTOMATIC',
    algorithmName: 'SPA 1.0',
  });
});

it('tells the host of the change, so that every viewport shows it', async () => {
  await accept();
  expect(viewer.segmentations.dataModified).toEqual([only()]);
});

it('can be taken back and made again by the host’s history, and tells of it', async () => {
  await accept();
  viewer.history.memos[0]?.restoreMemo(true);
  expect(inside(labelmapOf('image-1'))).toEqual([]);
  viewer.history.memos[0]?.restoreMemo(false);
  expect(inside(labelmapOf('image-1'))).toEqual([9, 10]);
  expect(restored).toEqual([true, false]);
});

it('undoes nothing, and does not fail, after the segmentation was deleted', async () => {
  await accept();
  viewer.images.clear();
  expect(() => viewer.history.memos[0]?.restoreMemo(true)).not.toThrow();
});

const imagesOf = (segmentationId: string): readonly string[] =>
  viewer.segmentations.get(segmentationId)?.representationData.Labelmap?.imageIds ?? [];

it('keeps what was accepted when the viewer drops it from its cache', async () => {
  await accept();
  const labelmap = labelmapOf('image-1');
  viewer.images.evict(...imagesOf(only()));
  await Promise.resolve();
  expect(inside(labelmap)).toEqual([9, 10]);
});

it('writes into the same segmentation on a slice that the cache has just dropped, and shows it there', async () => {
  viewer.segmentations.addLabelmap('liver', { 4: { segmentIndex: 4, label: 'Liver', active: true } });
  await accept('image-0');
  viewer.images.delete('liver/image-1');
  await accept('image-1');
  expect(inside('liver/image-1')).toEqual([9, 10]);
  expect(viewer.segmentations.size).toBe(1);
});

it('takes a mask back on a slice that the cache has just dropped', async () => {
  await accept();
  const labelmap = labelmapOf('image-1');
  viewer.images.delete(labelmap);
  viewer.history.memos[0]?.restoreMemo(true);
  expect(viewer.images.labels(labelmap)).toHaveLength(WIDTH * HEIGHT);
  expect(inside(labelmap)).toEqual([]);
});

it('keeps the labelmaps of a new segmentation that are dropped while it is made', async () => {
  viewer = new FakeViewer(40);
  const pause = async (): Promise<void> => {
    viewer.images.evict(...[...viewer.images.keys()].filter(id => id.startsWith('derived:')));
  };
  const request = {
    viewportId: VIEWPORT,
    mask: twoPixels,
    earlier: [],
    algorithm: 'SPA 1.0',
    newLabel: 'New',
  };
  await acceptMask(viewer.host, { ...request, imageId: 'image-0', pause, restored: tellRestored });
  expect(inside(labelmapOf('image-0'))).toEqual([9, 10]);
});

it('refuses a segmentation of which a slice is lost, instead of starting a second one or one that cannot be exported', async () => {
  viewer.segmentations.addLabelmap('liver', { 1: { segmentIndex: 1, label: 'Liver', active: true } });
  viewer.images.delete('liver/image-1');
  await expect(accept('image-1')).rejects.toMatchObject({ code: 'segmentation-lost' });
  await expect(accept('image-0')).rejects.toMatchObject({ code: 'segmentation-lost' });
  expect(viewer.segmentations.size).toBe(1);
  expect(inside('liver/image-0')).toEqual([]);
});

describe('into a segmentation whose segments overlap', () => {
  const liver = (): number[] => inside('both/image-0');
  const tumour = (): number[] => inside('both/image-0 (2)');

  beforeEach(() => {
    viewer.segmentations.addLabelmap(
      'both',
      { 1: { segmentIndex: 1, label: 'Liver' }, 2: { segmentIndex: 2, label: 'Tumour', active: true } },
      viewer.imageIds,
      2,
    );
    viewer.images.get('both/image-0')?.getPixelData().fill(1, 8, 16);
    viewer.images.get('both/image-0 (2)')?.getPixelData().fill(2, 12, 14);
  });

  it('writes into the layer of its segment and takes nothing from the other', async () => {
    await accept('image-0');
    expect(tumour()).toEqual([9, 10, 12, 13]);
    expect(viewer.images.labels('both/image-0').filter(label => label === 1)).toHaveLength(8);
  });

  it('writes into that layer on a slice where nothing of the segment is yet', async () => {
    await accept('image-2');
    expect(inside('both/image-2')).toEqual([]);
    expect(inside('both/image-2 (2)')).toEqual([9, 10]);
  });

  it('takes back and makes again in that same layer', async () => {
    await accept('image-0');
    const before = liver();
    viewer.history.memos[0]?.restoreMemo(true);
    expect(tumour()).toEqual([12, 13]);
    viewer.history.memos[0]?.restoreMemo(false);
    expect(tumour()).toEqual([9, 10, 12, 13]);
    expect(liver()).toEqual(before);
  });
});

it('lets go of labelmaps with their segmentation', async () => {
  await accept();
  const labelmap = labelmapOf('image-1');
  viewer.segmentations.remove(only());
  viewer.images.evict(labelmap);
  await Promise.resolve();
  expect(viewer.images.has(labelmap)).toBe(false);
});

it('restores nothing, and tells of nothing, in a labelmap that outlives its segmentation in the cache', async () => {
  const { segmentationId } = (await accept()).into;
  const labelmap = labelmapOf('image-1');
  viewer.segmentations.delete(segmentationId);
  viewer.history.memos[0]?.restoreMemo(true);
  expect(inside(labelmap)).toEqual([9, 10]);
  expect(restored).toEqual([]);
  expect(viewer.segmentations.dataModified).toHaveLength(1);
});

it('refuses a locked segment and changes nothing', async () => {
  viewer.segmentations.addLabelmap('liver', { 1: { segmentIndex: 1, label: 'Liver', active: true } });
  viewer.segmentations.locked.add('liver 1');
  await expect(accept()).rejects.toMatchObject({ code: 'segment-locked' });
  expect(inside('liver/image-1')).toEqual([]);
});
