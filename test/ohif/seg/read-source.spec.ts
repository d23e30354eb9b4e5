import { beforeEach, expect, it } from '@jest/globals';
import type { Segmentation } from '../../../extension/src/ohif/host/cornerstone-types';
import { readSource } from '../../../extension/src/ohif/seg/read-source';
import { FakeViewer } from '../fake-viewer/viewer';
import { VIEWPORT } from '../fake-viewer/viewport';

let viewer: FakeViewer;

beforeEach(() => {
  viewer = new FakeViewer();
  viewer.imageIds.forEach((imageId, i) => {
    viewer.metadata.set(`instance ${imageId}`, {
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
      SOPInstanceUID: `1.2.${i}`,
      SeriesInstanceUID: '1.9',
      ImagePositionPatient: [0, 0, 10 * i],
      PatientName: [{ Alphabetic: 'Phantom^Chest', Ideographic: '胸' }],
      StudyInstanceUID: '1.1',
      LossyImageCompression: '01',
    });
    viewer.metadata.set(`imagePlaneModule ${imageId}`, {
      imagePositionPatient: [0, 0, 10 * i],
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      rowPixelSpacing: 0.5,
      columnPixelSpacing: 0.75,
      sliceThickness: 2,
      frameOfReferenceUID: '1.5',
    });
  });
});

function source(segment: object = { algorithmType: 'SEMIAUTOMATIC', algorithmName: 'SPA' }) {
  // In another order than the images: a labelmap belongs to the image that it names, not to a position.
  viewer.segmentations.addLabelmap('liver', { 1: { segmentIndex: 1, label: 'Liver', ...segment } }, [
    'image-2',
    'image-0',
    'image-1',
  ]);
  return readSource(viewer.host, VIEWPORT, viewer.segmentations.get('liver') as Segmentation, 'SPA 0.1.0');
}

it('takes the place of every labelmap from the image to which it belongs', () => {
  expect(source().slices.map(slice => [slice.sopInstanceUid, slice.geometry?.position[2]])).toEqual([
    ['1.2.2', 20],
    ['1.2.0', 0],
    ['1.2.1', 10],
  ]);
});

it('reads what the object shares with its images', () => {
  expect(source()).toMatchObject({
    study: { PatientName: 'Phantom^Chest=胸', StudyInstanceUID: '1.1' },
    seriesInstanceUid: '1.9',
    frameOfReferenceUid: '1.5',
    lossy: true,
    description: 'liver',
  });
});

it('gives spacing as DICOM does: between rows first', () => {
  expect(source().slices[0]?.geometry).toMatchObject({ pixelSpacing: [0.5, 0.75], sliceThickness: 2 });
});

it('takes a segment for manual unless it is known by what it was made', () => {
  expect(source().segments[0]).toMatchObject({ algorithmType: 'SEMIAUTOMATIC', colour: [1, 2, 3] });
  expect(source({}).segments[0]?.algorithmType).toBe('MANUAL');
  expect(source({ algorithmType: 'SEMIAUTOMATIC' }).segments[0]?.algorithmType).toBe('MANUAL');
});

it('keeps the origin of a segment that was read from a file', () => {
  const read = { cachedStats: { algorithmType: 'AUTOMATIC', algorithmName: 'Other 2' } };
  expect(source(read).segments[0]).toMatchObject({ algorithmType: 'AUTOMATIC', algorithmName: 'Other 2' });
});

it('claims no place for images that do not say where they lie', () => {
  for (const imageId of viewer.imageIds) {
    const attributes = viewer.metadata.get(`instance ${imageId}`) as Record<string, unknown>;
    viewer.metadata.set(`instance ${imageId}`, { ...attributes, ImagePositionPatient: undefined });
  }
  expect(source().slices.every(slice => slice.geometry === null)).toBe(true);
});

it('takes the frame of reference from the first image that has one: a page of text among slices has none', () => {
  viewer.metadata.set('imagePlaneModule image-2', {});
  expect(source().frameOfReferenceUid).toBe('1.5');
});

it('claims no place for frames whose place and spacing are the invention of the host', () => {
  for (const imageId of viewer.imageIds) {
    const attributes = viewer.metadata.get(`instance ${imageId}`) as Record<string, unknown>;
    viewer.metadata.set(`instance ${imageId}`, { ...attributes, NumberOfFrames: 3 });
    const plane = viewer.metadata.get(`imagePlaneModule ${imageId}`) as Record<string, unknown>;
    viewer.metadata.set(`imagePlaneModule ${imageId}`, { ...plane, usingDefaultValues: true });
  }
  expect(source().slices.every(slice => slice.geometry === null)).toBe(true);
});

it('keeps what a segment means in the object from which the host read it', () => {
  const liver = { CodeValue: '10200004', CodingSchemeDesignator: 'SCT', CodeMeaning: 'Liver' };
  const organ = {
    CodeValue: '123037004',
    CodingSchemeDesignator: 'SCT',
    CodeMeaning: 'Anatomical Structure',
  };
  const item = {
    SegmentNumber: 1,
    SegmentedPropertyCategoryCodeSequence: organ,
    SegmentedPropertyTypeCodeSequence: [{ ...liver, MappingResource: 'DCMR' }],
  };
  expect(source().segments[0]?.meaning).toBeNull();
  viewer.displaySets.set('liver', {
    displaySetInstanceUID: 'liver',
    segMetadata: { data: [undefined, item] },
  });
  expect(source().segments[0]?.meaning).toEqual({ category: organ, type: liver });
  const unwritable = { ...item, SegmentedPropertyTypeCodeSequence: { ...liver, CodeValue: '1'.repeat(17) } };
  viewer.displaySets.set('liver', {
    displaySetInstanceUID: 'liver',
    segMetadata: { data: [null, unwritable] },
  });
  expect(source().segments[0]?.meaning).toBeNull();
});

it('reads an accepted slice that the viewer has dropped', () => {
  viewer.segmentations.addLabelmap('liver', { 1: { segmentIndex: 1, label: 'Liver' } });
  viewer.host.labelmaps.keepAll(
    'liver',
    viewer.imageIds.map(id => `liver/${id}`),
  );
  viewer.images.delete('liver/image-1');
  const { slices } = readSource(
    viewer.host,
    VIEWPORT,
    viewer.segmentations.get('liver') as Segmentation,
    'SPA',
  );
  expect(slices).toHaveLength(3);
});

it('refuses to leave out a slice that the viewer has dropped', () => {
  viewer.segmentations.addLabelmap('liver', { 1: { segmentIndex: 1, label: 'Liver' } });
  viewer.images.delete('liver/image-1');
  const read = (): unknown =>
    readSource(viewer.host, VIEWPORT, viewer.segmentations.get('liver') as Segmentation, 'SPA');
  expect(read).toThrow(expect.objectContaining({ code: 'segmentation-lost' }));
});
