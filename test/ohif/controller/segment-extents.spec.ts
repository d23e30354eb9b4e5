/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Workplace } from './workplace';

let work: Workplace;

/** Images of 2 x 3 mm pixels, 5 mm apart. */
function place(imageId: string, z: number): void {
  const { metadata } = work.viewer;
  metadata.set(`instance ${imageId}`, { SOPInstanceUID: imageId, ImagePositionPatient: [0, 0, z] });
  metadata.set(`imagePlaneModule ${imageId}`, {
    imagePositionPatient: [0, 0, z],
    imageOrientationPatient: [1, 0, 0, 0, 1, 0],
    rowPixelSpacing: 2,
    columnPixelSpacing: 3,
    sliceThickness: 1,
  });
}

/** What the panel says once nothing has changed for a while. */
async function said(): Promise<unknown> {
  await new Promise(resolve => setTimeout(resolve, 400));
  return work.model.extent;
}

beforeEach(async () => {
  work = new Workplace();
  work.viewer.imageIds.forEach((imageId, i) => place(imageId, 5 * i));
  await work.loaded();
});
afterEach(() => work.controller.exit());

it('is not told of a segmentation that does not exist yet', async () => {
  await work.propose();
  expect(await said()).toBeNull();
});

it('is told after a mask was accepted, and after the next one was accepted beside it', async () => {
  await work.propose();
  await work.accept();
  expect(await said()).toEqual({ images: 1, missing: 0, volume: null });
  await work.follow('next');
  await work.recommend([20, 21]);
  await work.accept();
  // One pixel and two, of 6 mm², each 5 mm deep.
  expect(await said()).toEqual({ images: 2, missing: 0, volume: 90 });
});

it('is told anew when the mask is taken back', async () => {
  await work.propose();
  await work.accept();
  await said();
  work.intents.undo();
  await work.done();
  expect(await said()).toEqual({ images: 0, missing: 0, volume: null });
});

it('is told of what another tool draws, in the segment that Accept writes to alone', async () => {
  await work.propose();
  await work.accept();
  const [segmentation] = work.segmentations;
  const [first = '', , third = ''] = segmentation?.representationData.Labelmap?.imageIds ?? [];
  const draw = (id: string, pixel: number, label: number): void => {
    const labels = work.viewer.images.get(id)?.getPixelData();
    if (labels !== undefined) labels[pixel] = label;
  };
  draw(third, 7, 1);
  draw(first, 8, 2);
  const { triggerSegmentationDataModified } = work.viewer.host.tools.segmentation.triggerSegmentationEvents;
  triggerSegmentationDataModified(segmentation?.segmentationId ?? '');
  expect(await said()).toEqual({ images: 2, missing: 1, volume: null });
});

it('has no volume where the images do not tell where they lie', async () => {
  work.viewer.metadata.clear();
  await work.propose();
  await work.accept();
  await work.follow('next');
  await work.recommend([20, 21]);
  await work.accept();
  expect(await said()).toEqual({ images: 2, missing: 0, volume: null });
});

it.each([
  ['a localizer', { imageOrientationPatient: [0, 1, 0, 0, 0, -1] }],
  ['a page of text', { imagePositionPatient: undefined }],
])('has a volume beside %s in the same series', async (_what, plane) => {
  const [first = '', second = '', third = ''] = work.viewer.imageIds;
  const { metadata } = work.viewer;
  metadata.set(`imagePlaneModule ${first}`, { ...metadata.get(`imagePlaneModule ${first}`), ...plane });
  work.viewer.viewport.scroll(1);
  await work.propose();
  await work.accept();
  await work.follow('next');
  await work.recommend([20, 21]);
  await work.accept();
  expect([second, third].map(id => work.written(id).length)).toEqual([1, 2]);
  expect(await said()).toEqual({ images: 2, missing: 0, volume: 90 });
});

it('never asks where the frames of a dose lie: a viewer moves them each time', async () => {
  const { metadata } = work.viewer;
  for (const imageId of work.viewer.imageIds)
    metadata.set(`instance ${imageId}`, { GridFrameOffsetVector: [0, 5, 10] });
  const asked: string[] = [];
  const { get } = work.viewer.host.cornerstone.metaData;
  await work.propose();
  work.viewer.host.cornerstone.metaData.get = (type, id) => {
    asked.push(type);
    return get(type, id);
  };
  await work.accept();
  asked.length = 0;
  expect(await said()).toMatchObject({ images: 1 });
  expect(asked).not.toContain('imagePlaneModule');
});

it('stays unsaid, and stops no work, where the viewer fails to say where an image lies', async () => {
  const log = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { metaData } = work.viewer.host.cornerstone;
  const { get } = metaData;
  metaData.get = (type, id) => {
    if (type === 'imagePlaneModule' && id === 'image-2') throw new Error('no plane');
    return get(type, id);
  };
  await work.propose();
  await work.accept();
  expect(await said()).toBeNull();
  expect(log).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ message: 'no plane' }));
  expect(work.model).toMatchObject({ state: 'idle', problem: null, canExport: true });
  log.mockRestore();
});

it('is gone with the mode, and of a segmentation that was left unread', async () => {
  await work.propose();
  await work.accept();
  work.controller.exit();
  expect(await said()).toBeNull();
});
