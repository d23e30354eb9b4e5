import { beforeEach, expect, it } from '@jest/globals';
import type { Mask } from '../../../extension/src/core/mask';
import { encodeMask } from '../../../extension/src/core/mask';
import { acceptMask } from '../../../extension/src/ohif/segmentation/accept-mask';
import { FakeViewer, HEIGHT, VIEWPORT, WIDTH } from '../fake-viewer';

let viewer: FakeViewer;
const twoPixels: Mask = encodeMask(
  Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i === 9 || i === 10 ? 1 : 0)),
  WIDTH,
  HEIGHT,
);

const accept = (imageId = 'image-1') =>
  acceptMask(viewer.host, {
    viewportId: VIEWPORT,
    imageId,
    mask: twoPixels,
    algorithm: 'SPA 1.0',
    newLabel: 'New',
  });

const inside = (labelmapImageId: string): number[] =>
  viewer.labels(labelmapImageId).flatMap((label, i) => (label === 0 ? [] : [i]));

beforeEach(() => {
  viewer = new FakeViewer();
});

it('makes a segmentation where there is none and writes on the slice that was in work only', async () => {
  await expect(accept()).resolves.toEqual({ segmentationId: 'made-1', segmentIndex: 1 });
  expect(viewer.segmentations.get('made-1')?.label).toBe('New');
  expect(inside('made-1/image-1')).toEqual([9, 10]);
  expect(inside('made-1/image-0')).toEqual([]);
});

it('writes into the active segment of the active segmentation', async () => {
  viewer.addLabelmap('liver', { 4: { segmentIndex: 4, label: 'Liver', active: true } });
  await accept();
  expect(viewer.labels('liver/image-1').filter(label => label !== 0)).toEqual([4, 4]);
  expect(viewer.segmentations.size).toBe(1);
});

it('makes a new segmentation where the active one belongs to other images', async () => {
  viewer.addLabelmap('other', { 1: { segmentIndex: 1, label: 'S', active: true } }, [
    'elsewhere-0',
    'elsewhere-1',
  ]);
  await expect(accept()).resolves.toMatchObject({ segmentationId: 'made-1' });
});

it('marks the segment as semiautomatic, with name and version, for the exporter', async () => {
  await accept();
  expect(viewer.segmentations.get('made-1')?.segments[1]).toMatchObject({
    algorithmType: 'SEMIAUTOMATIC',
    algorithmName: 'SPA 1.0',
  });
});

it('tells the host of the change, so that every viewport shows it', async () => {
  await accept();
  expect(viewer.dataModified).toEqual(['made-1']);
});

it('can be taken back and made again by the host’s history', async () => {
  await accept();
  viewer.memos[0]?.restoreMemo(true);
  expect(inside('made-1/image-1')).toEqual([]);
  viewer.memos[0]?.restoreMemo(false);
  expect(inside('made-1/image-1')).toEqual([9, 10]);
});

it('undoes nothing, and does not fail, after the segmentation was deleted', async () => {
  await accept();
  viewer.images.clear();
  expect(() => viewer.memos[0]?.restoreMemo(true)).not.toThrow();
});

it('refuses a locked segment and changes nothing', async () => {
  viewer.addLabelmap('liver', { 1: { segmentIndex: 1, label: 'Liver', active: true } });
  viewer.locked.add('liver 1');
  await expect(accept()).rejects.toMatchObject({ code: 'segment-locked' });
  expect(inside('liver/image-1')).toEqual([]);
});
