import { beforeEach, describe, expect, it, test } from '@jest/globals';
import { SpaError } from '../../../extension/src/core/error';
import { storeSegmentation } from '../../../extension/src/ohif/seg/export-segmentation';
import { problems } from '../../../extension/src/text';
import type { CornerstoneImage } from '../../../extension/src/ohif/host/cornerstone-types';
import { HEIGHT, WIDTH } from '../fake-viewer/images';
import { FakeViewer } from '../fake-viewer/viewer';
import { VIEWPORT } from '../fake-viewer/viewport';

let viewer: FakeViewer;

function addAttributes(imageId: string): void {
  viewer.metadata.set(`instance ${imageId}`, {
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
    SOPInstanceUID: '1.2.3',
    SeriesInstanceUID: '1.2.2',
    StudyInstanceUID: '1.2.1',
    FrameOfReferenceUID: '1.2.4',
    Modality: 'CT',
    ImagePositionPatient: [0, 0, 0],
  });
  viewer.metadata.set(`imagePlaneModule ${imageId}`, {
    imagePositionPatient: [0, 0, 0],
    imageOrientationPatient: [1, 0, 0, 0, 1, 0],
    rowPixelSpacing: 1,
    columnPixelSpacing: 1,
  });
}

/** A segmentation with one pixel that could be stored. */
beforeEach(() => {
  viewer = new FakeViewer(1);
  addAttributes('image-0');
  viewer.segmentations.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion' } });
  viewer.images.get('own/image-0')?.getPixelData().fill(1, 20, 21);
});

/** What the user reads when the viewer's client of the server fails with `error`. */
async function toldOf(error: unknown): Promise<{ readonly message: string; readonly remedy: string }> {
  viewer.host.storeDicom = () => Promise.reject(error);
  const fault: unknown = await storeSegmentation(viewer.host, VIEWPORT, 'SPA 1.0', new Set()).catch(
    (thrown: unknown) => thrown,
  );
  if (!(fault instanceof SpaError)) throw new Error('It was stored.');
  expect(fault.code).toBe('store-failed');
  return problems[fault.code](fault.details);
}

/** As the viewer's DICOMweb client rejects. */
const answered = (status: number | undefined): Error =>
  Object.assign(new Error('request failed'), { status, request: {}, response: null });

test.each([
  [401, /HTTP 401.*signed in/, /sign in again/i],
  [403, /HTTP 403.*may not store/, /right to store/],
  [409, /HTTP 409.*archive refused/, /study.*identity/],
  [413, /HTTP 413.*too large/, /limit/],
  [0, /no connection/, /connection.*again/],
  [undefined, /no connection/, /connection.*again/],
])('a server that answers %s is told of in words, with a remedy', async (status, message, remedy) => {
  const told = await toldOf(answered(status));
  expect(told.message).toMatch(message);
  expect(told.message).not.toContain('request failed');
  expect(told.remedy).toMatch(remedy);
  expect(told.remedy).toContain('Export SEG');
});

it('gives the number of any other answer', async () => {
  const { message, remedy } = await toldOf(answered(500));
  expect(message).toContain('request failed, HTTP 500');
  expect(remedy).toContain('try again');
});

it('reads the status off the response where the error itself has none', async () => {
  const error = Object.assign(new Error('Request failed'), { response: { status: 413 } });
  expect((await toldOf(error)).message).toContain('too large');
});

it('gives the reason of a fault that is no answer of a server', async () => {
  const { message } = await toldOf(new Error('the data source of these images takes no files'));
  expect(message).toContain('(the data source of these images takes no files)');
});

describe('a segmentation of images of two sizes, of which one file is refused', () => {
  const partly = new Set<string>();
  /** By the number of bytes of the files that were taken. */
  let taken: number;
  let refuses: boolean;
  const store = (): Promise<void> => storeSegmentation(viewer.host, VIEWPORT, 'SPA 1.0', partly);

  beforeEach(async () => {
    viewer = new FakeViewer(2);
    viewer.imageIds.forEach(addAttributes);
    viewer.segmentations.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion' } });
    const wide = viewer.images.get('own/image-1') as CornerstoneImage;
    viewer.images.set('own/image-1', { ...wide, rows: HEIGHT / 2, columns: WIDTH * 2 });
    for (const id of viewer.imageIds) viewer.images.get(`own/${id}`)?.getPixelData().fill(1, 20, 21);
    partly.clear();
    taken = 0;
    refuses = true;
    viewer.host.storeDicom = async () => {
      if (refuses && taken === 1) throw answered(500);
      taken++;
    };
    await expect(store()).rejects.toMatchObject({
      code: 'store-failed',
      message: expect.stringMatching(/images of 8 × 6 pixels are stored, those of 16 × 3 are not.*HTTP 500/),
    });
    refuses = false;
  });

  it('is completed by storing once more, without a second copy of what is there', async () => {
    await store();
    expect(taken).toBe(2);
  });

  it('is sent anew where something was drawn since', async () => {
    viewer.images.get('own/image-0')?.getPixelData().fill(1, 21, 22);
    await store();
    expect(taken).toBe(3);
  });

  it('is stored as a whole again once all of it was', async () => {
    await store();
    await store();
    expect(taken).toBe(4);
  });
});
