import { expect, it } from '@jest/globals';
import dcmjs from 'dcmjs';
import { dicomFile } from '../../../extension/src/ohif/seg/dicom-file';
import { segmentationObject } from '../../../extension/src/ohif/seg/segmentation-object';
import { assisted, circumstances, manual, slice, source } from './source';

const written = (change: Parameters<typeof source>[0] = {}) =>
  segmentationObject(source(change), circumstances());

interface Groups {
  readonly [name: string]: readonly Record<string, unknown>[] | undefined;
}

const shared = (object: object): Groups =>
  (object as { SharedFunctionalGroupsSequence: Groups[] }).SharedFunctionalGroupsSequence[0] as Groups;
const perFrame = (object: object): Groups[] =>
  (object as { PerFrameFunctionalGroupsSequence: Groups[] }).PerFrameFunctionalGroupsSequence;

it('belongs to the patient and study of the images and to a series of its own', () => {
  expect(written()).toMatchObject({
    PatientName: 'Phantom^Chest',
    PatientID: 'P1',
    PatientBirthDate: '',
    StudyInstanceUID: '1.2.3',
    StudyDate: '20260105',
    AccessionNumber: '',
    FrameOfReferenceUID: '1.2.3.5',
    Modality: 'SEG',
    ContentDate: '20260105',
    ContentTime: '090807',
  });
  expect(written()['SeriesInstanceUID']).not.toBe('1.2.3.4');
});

it('says of an assisted segment that it is, and by what; of a manual one nothing more', () => {
  expect(written()['SegmentSequence']).toMatchObject([
    {
      SegmentNumber: 1,
      SegmentAlgorithmType: 'SEMIAUTOMATIC',
      SegmentAlgorithmName: 'SPA 0.1.0, default 1.0.0',
    },
  ]);
  const [byHand] = written({ segments: [manual] })['SegmentSequence'] as unknown as object[];
  expect(byHand).toMatchObject({ SegmentAlgorithmType: 'MANUAL' });
  expect(byHand).not.toHaveProperty('SegmentAlgorithmName');
});

it('says of a segment what it was said to show where it came from, else that it is tissue', () => {
  const liver = { CodeValue: '10200004', CodingSchemeDesignator: 'SCT', CodeMeaning: 'Liver' };
  const organ = {
    CodeValue: '123037004',
    CodingSchemeDesignator: 'SCT',
    CodeMeaning: 'Anatomical Structure',
  };
  const coded = { ...assisted, meaning: { category: organ, type: liver } };
  expect(written({ segments: [coded] })['SegmentSequence']).toMatchObject([
    { SegmentedPropertyCategoryCodeSequence: [organ], SegmentedPropertyTypeCodeSequence: [liver] },
  ]);
  expect(written()['SegmentSequence']).toMatchObject([
    { SegmentedPropertyTypeCodeSequence: [{ CodeValue: '85756007', CodeMeaning: 'Tissue' }] },
  ]);
});

it('numbers a segment that has no name', () => {
  expect(written({ segments: [{ ...assisted, name: ' ' }] })['SegmentSequence']).toMatchObject([
    { SegmentLabel: 'Segment 1' },
  ]);
});

it('points from every frame to the very image it was drawn on', () => {
  const frames = perFrame(written()).map(frame => [
    frame['PlanePositionSequence']?.[0]?.['ImagePositionPatient'],
    (frame['DerivationImageSequence']?.[0]?.['SourceImageSequence'] as object[])[0],
  ]);
  expect(frames).toMatchObject([
    [['-10', '-20', '0'], { ReferencedSOPInstanceUID: '1.2.3.0' }],
    [['-10', '-20', '10'], { ReferencedSOPInstanceUID: '1.2.3.10' }],
  ]);
});

it('keeps what all frames share in one place only', () => {
  const object = written();
  expect(shared(object)).toMatchObject({
    PlaneOrientationSequence: [{ ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'] }],
    PixelMeasuresSequence: [{ PixelSpacing: ['0.5', '0.75'], SliceThickness: '2.5' }],
  });
  for (const frame of perFrame(object)) {
    expect(frame).not.toHaveProperty('PlaneOrientationSequence');
    expect(frame).not.toHaveProperty('PixelMeasuresSequence');
  }
});

it('puts with each frame what differs between them', () => {
  const thick = slice(0, '1000', '0000');
  const slices = [
    slice(10, '1000', '0000'),
    { ...thick, geometry: { ...thick.geometry, sliceThickness: 7 } },
  ];
  const object = written({ slices: slices as never });
  expect(shared(object)).not.toHaveProperty('PixelMeasuresSequence');
  expect(perFrame(object).map(f => f['PixelMeasuresSequence']?.[0]?.['SliceThickness'])).toEqual([
    '7',
    '2.5',
  ]);
});

it('leaves the pixel measures to the images where they do not say how thick they are', () => {
  const thin = slice(0, '1000', '0000');
  const unknown = { ...thin, geometry: { ...thin.geometry, sliceThickness: null } };
  const alone = written({ slices: [unknown as never] });
  expect(shared(alone)).not.toHaveProperty('PixelMeasuresSequence');
  expect(shared(alone)).toHaveProperty('PlaneOrientationSequence');
  expect(perFrame(alone)[0]).not.toHaveProperty('PixelMeasuresSequence');
  // A group is on every frame or on none.
  for (const frame of perFrame(written({ slices: [slice(10, '1000', '0000'), unknown as never] }))) {
    expect(frame).not.toHaveProperty('PixelMeasuresSequence');
  }
});

it('claims no place in space for images that have none', () => {
  const flat = { ...slice(0, '1000', '0000'), geometry: null };
  const object = written({ slices: [flat], frameOfReferenceUid: null });
  expect(object).not.toHaveProperty('FrameOfReferenceUID');
  expect(object).toHaveProperty('PatientOrientation', '');
  expect(shared(object)).toEqual({});
  expect(perFrame(object)[0]).not.toHaveProperty('PlanePositionSequence');
});

it('names the frame of a multi-frame image', () => {
  const frame = { ...slice(0, '1000', '0000'), frameNumber: 7 };
  const [first] = perFrame(written({ slices: [frame] }));
  const sources = first?.['DerivationImageSequence']?.[0]?.['SourceImageSequence'];
  expect(sources).toMatchObject([{ ReferencedFrameNumber: 7 }]);
});

it('lists every image of the series once, so that a viewer finds where it belongs', () => {
  expect(written()['ReferencedSeriesSequence']).toMatchObject([
    {
      SeriesInstanceUID: '1.2.3.4',
      ReferencedInstanceSequence: [
        { ReferencedSOPInstanceUID: '1.2.3.10' },
        { ReferencedSOPInstanceUID: '1.2.3.5' },
        { ReferencedSOPInstanceUID: '1.2.3.0' },
      ],
    },
  ]);
});

it('does not hide that its images were compressed with loss', () => {
  expect(written({ lossy: true })['LossyImageCompression']).toBe('01');
});

it('refuses to write a segmentation without pixels', () => {
  const empty = [slice(0, '0000', '0000')];
  expect(() => written({ slices: empty })).toThrow(expect.objectContaining({ code: 'export-empty' }));
});

it('reads back from its file as it was written', async () => {
  const buffer = await dicomFile(written({ segments: [assisted, { ...manual, label: 2 }] }));
  const { dict, meta } = dcmjs.data.DicomMessage.readFile(buffer);
  const file = dcmjs.data.DicomMetaDictionary.naturalizeDataset(dict);
  expect(dcmjs.data.DicomMetaDictionary.naturalizeDataset(meta)['TransferSyntaxUID']).toBe(
    '1.2.840.10008.1.2.1',
  );
  expect(file).toMatchObject({
    NumberOfFrames: 2,
    Rows: 2,
    Columns: 4,
    BitsAllocated: 1,
    SegmentationType: 'BINARY',
  });
  const [pixels] = [file['PixelData']].flat() as ArrayBuffer[];
  expect([...new Uint8Array(pixels as ArrayBuffer)]).toEqual([0b11110000, 0b00100110]);
});

it('keeps numbers and identifiers whole in its file that are longer than their kind of value may be', async () => {
  const tilted = slice(0, '1000', '0000');
  const orientation = [1, 6.123233995736766e-17, 0, 0, 6.123233995736766e-17, -1];
  const slices = [{ ...tilted, geometry: { ...tilted.geometry, orientation } }] as never;
  const study = { ...source().study, AccessionNumber: 'ACC-2024-000012345' };
  const { dict } = dcmjs.data.DicomMessage.readFile(await dicomFile(written({ slices, study })));
  const file = dcmjs.data.DicomMetaDictionary.naturalizeDataset(dict);
  expect(file['AccessionNumber']).toBe('ACC-2024-000012345');
  const [plane] = [(shared(file) as unknown as Groups)['PlaneOrientationSequence']].flat();
  const read = [plane?.['ImageOrientationPatient']].flat() as number[];
  read.forEach((cosine, i) => expect(cosine).toBeCloseTo(orientation[i] as number, 12));
});
