/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { nowhere, Workplace } from './workplace';

let work: Workplace;

beforeEach(async () => {
  work = await Workplace.inTheMiddle();
});
afterEach(() => work.controller.exit());

it('follows nothing of a segmentation that was deleted', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  for (const { segmentationId } of work.segmentations) work.viewer.segmentations.remove(segmentationId);
  work.viewer.viewport.scroll(1);
  expect(work.model.canFollow).toEqual(nowhere);
  await work.follow('next');
  expect(work.viewer.viewport.current).toBe(1);
});

it('follows nothing of a segment that was deleted', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  for (const { segmentationId } of work.segmentations)
    work.viewer.segmentations.replaceSegments(segmentationId, {});
  expect(work.model.canFollow).toEqual(nowhere);
});

it('draws nothing anew in a segment that was given the number of a deleted one', async () => {
  await work.click(4, 2);
  await work.recommend([20, 21, 28, 29]);
  await work.accept();
  const [own] = work.segmentations;
  if (own === undefined) throw new Error('nothing was written');
  work.viewer.segmentations.replaceSegments(own.segmentationId, {});
  work.viewer.segmentations.replaceSegments(own.segmentationId, own.segments);
  await work.click(4, 2);
  await work.recommend([20, 21, 28]);
  await work.accept();
  // Of the deleted segment, or drawn since with another tool: not for this one to take away.
  expect(work.written('image-1')).toEqual([20, 21, 28, 29]);
});

it('follows nothing of a segmentation that the viewport does not show', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  work.viewer.segmentations.representations = [];
  work.viewer.viewport.scroll(1);
  expect(work.model.canFollow).toEqual(nowhere);
});

describe('of what the viewer’s own tools have drawn', () => {
  beforeEach(() => {
    work.viewer.segmentations.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
    work.viewer.viewport.scroll(1);
  });

  /** As a brush does it. */
  function paint(label: number, ...pixels: readonly number[]): void {
    const labels = work.viewer.images.get('own/image-1')?.getPixelData() as Uint8Array;
    for (const pixel of pixels) labels[pixel] = label;
    work.viewer.viewport.scroll(1);
  }

  it('follows what is in the active segment on the image on show, such as that of a file that was opened', async () => {
    expect(work.model.canFollow).toEqual(nowhere);
    paint(1, 20, 21, 28, 29, 40);
    expect(work.model.canFollow).toEqual({ previous: true, next: true });
    await work.follow('previous');
    expect(work.viewer.viewport.current).toBe(0);
    // Of its parts the largest.
    expect(work.engine.last.input?.followed?.area).toBe(4);
  });

  it('follows an accepted mask as a brush has mended it', async () => {
    await work.click(4, 2);
    await work.recommend([20, 21]);
    await work.accept();
    paint(1, 28, 29);
    paint(0, 20);
    paint(1, 40, 41, 42, 43, 44);
    await work.follow('next');
    expect(work.engine.last.input?.followed?.area).toBe(3);
  });

  it('follows what was proposed, not a larger structure of the segment that it touches', async () => {
    paint(1, 8, 9, 10, 16, 17, 18, 24, 25, 26, 32, 33, 34);
    await work.click(4, 2);
    await work.recommend([19, 20, 27, 28]);
    await work.follow('next');
    expect(work.engine.last.input?.followed?.area).toBe(4);
  });

  it('looks at no other image to tell whether there is something to follow on this one', () => {
    work.viewer.segmentations.addLabelmap(
      'layered',
      { 1: { segmentIndex: 1, label: 'Liver' }, 2: { segmentIndex: 2, label: 'Tumour', active: true } },
      work.viewer.imageIds,
      2,
    );
    const read: string[] = [];
    for (const [id, image] of work.viewer.images) {
      const { voxelManager } = image;
      if (!id.startsWith('layered/') || voxelManager === undefined) continue;
      const getScalarData = () => (read.push(id), voxelManager.getScalarData());
      work.viewer.images.set(id, { ...image, voxelManager: { ...voxelManager, getScalarData } });
    }
    work.viewer.viewport.scroll(2);
    expect(work.model.canFollow).toEqual(nowhere);
    expect(new Set(read)).toEqual(new Set(['layered/image-2', 'layered/image-2 (2)']));
  });

  it('follows nothing of a segment that is not the active one, or is locked', () => {
    paint(2, 20, 21);
    expect(work.model.canFollow).toEqual(nowhere);
    paint(1, 28);
    work.viewer.segmentations.locked.add('own 1');
    work.viewer.viewport.scroll(1);
    expect(work.model.canFollow).toEqual(nowhere);
  });
});
