import { beforeEach, expect, it, test } from '@jest/globals';
import { SpaError } from '../../../extension/src/core/error';
import { storeSegmentation } from '../../../extension/src/ohif/seg/export-segmentation';
import { problems } from '../../../extension/src/text';
import { FakeViewer, VIEWPORT } from '../fake-viewer';

let viewer: FakeViewer;

/** A segmentation with one pixel that could be stored. */
beforeEach(() => {
  viewer = new FakeViewer(1);
  viewer.metadata.set('instance image-0', {
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
    SOPInstanceUID: '1.2.3',
    SeriesInstanceUID: '1.2.2',
    StudyInstanceUID: '1.2.1',
    FrameOfReferenceUID: '1.2.4',
    Modality: 'CT',
    ImagePositionPatient: [0, 0, 0],
  });
  viewer.metadata.set('imagePlaneModule image-0', {
    imagePositionPatient: [0, 0, 0],
    imageOrientationPatient: [1, 0, 0, 0, 1, 0],
    rowPixelSpacing: 1,
    columnPixelSpacing: 1,
  });
  viewer.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion' } });
  viewer.images.get('own/image-0')?.getPixelData().fill(1, 20, 21);
});

/** What the user reads when the viewer's client of the server fails with `error`. */
async function toldOf(error: unknown): Promise<{ readonly message: string; readonly remedy: string }> {
  viewer.host.storeDicom = () => Promise.reject(error);
  const fault: unknown = await storeSegmentation(viewer.host, VIEWPORT, 'SPA 1.0').catch(
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
