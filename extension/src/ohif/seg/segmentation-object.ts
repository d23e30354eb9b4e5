import { SpaError } from '../../core/error';
import type { Item } from './dataset-item';
import { framesOf, packFrames } from './frames';
import { functionalGroups } from './functional-groups';
import { labOf } from './lab-colour';
import { studyKeywords, type SegmentationSource, type SegmentDescription } from './segmentation-source';
import { isAllowedValue } from './study-values';

/** Segmentation Storage (PS3.4 B.5). */
export const SEGMENTATION_STORAGE = '1.2.840.10008.5.1.4.1.1.66.4';

/** SNOMED CT: what a click segments is not known to be anything in particular. */
const tissue = { CodeValue: '85756007', CodingSchemeDesignator: 'SCT', CodeMeaning: 'Tissue' };

const tags = {
  segmentIdentificationSequence: 0x0062000a,
  referencedSegmentNumber: 0x0062000b,
  planePositionSequence: 0x00209113,
  imagePositionPatient: 0x00200032,
  derivationImageSequence: 0x00089124,
  sourceImageSequence: 0x00082112,
};

export interface Circumstances {
  /** A new UID at every call. */
  readonly newUid: () => string;
  readonly now: Date;
}

/**
 * A binary DICOM Segmentation (PS3.3 A.51) of images of one size as a naturalised dataset without file meta information.
 * @throws SpaError `export-empty` if no segment has a pixel
 */
export function segmentationObject(source: SegmentationSource, { newUid, now }: Circumstances): Item {
  const { frames, segments } = framesOf(source);
  const [first] = frames;
  if (first === undefined) throw new SpaError('export-empty');
  const { rows, columns } = first.slice;
  const groups = functionalGroups(frames);
  const dimensions = newUid();
  const date = dateOf(now);
  const time = timeOf(now);
  const located = frames.every(frame => frame.slice.geometry !== null) && source.frameOfReferenceUid !== null;
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    ...studyAttributes(source),
    SOPClassUID: SEGMENTATION_STORAGE,
    SOPInstanceUID: newUid(),
    InstanceCreationDate: date,
    InstanceCreationTime: time,
    Modality: 'SEG',
    SeriesInstanceUID: newUid(),
    SeriesNumber: 990,
    SeriesDescription: limited(source.description),
    SeriesDate: date,
    SeriesTime: time,
    Manufacturer: 'SPA for OHIF',
    ManufacturerModelName: 'SPA for OHIF',
    DeviceSerialNumber: '1',
    SoftwareVersions: limited(source.softwareVersion),
    ...(located
      ? { FrameOfReferenceUID: source.frameOfReferenceUid ?? '', PositionReferenceIndicator: '' }
      : // Type 2C: there, though unknown, where no Image Orientation (Patient) says it.
        { PatientOrientation: '' }),
    InstanceNumber: 1,
    ContentDate: date,
    ContentTime: time,
    ContentLabel: 'SEGMENTATION',
    ContentDescription: limited(source.description),
    ContentCreatorName: '',
    ImageType: ['DERIVED', 'PRIMARY'],
    LossyImageCompression: source.lossy ? '01' : '00',
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    NumberOfFrames: frames.length,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 1,
    BitsStored: 1,
    HighBit: 0,
    PixelRepresentation: 0,
    SegmentationType: 'BINARY',
    SegmentSequence: segments.map((segment, index) => segmentItem(segment, index + 1)),
    DimensionOrganizationSequence: [{ DimensionOrganizationUID: dimensions }],
    DimensionIndexSequence: dimensionIndex(dimensions, located),
    SharedFunctionalGroupsSequence: [groups.shared],
    PerFrameFunctionalGroupsSequence: [...groups.perFrame],
    ReferencedSeriesSequence: [referencedSeries(source)],
    PixelData: packFrames(frames, rows * columns),
  };
}

function studyAttributes({ study }: SegmentationSource): Item {
  const optional = new Set<string>(['PatientAge', 'StudyDescription', 'IssuerOfPatientID']);
  const values = studyKeywords.map(keyword => {
    const value = study[keyword];
    return [keyword, value !== undefined && isAllowedValue(keyword, value) ? value : ''] as const;
  });
  return Object.fromEntries(values.filter(([keyword, value]) => value !== '' || !optional.has(keyword)));
}

function segmentItem(segment: SegmentDescription, number: number): Item {
  const { algorithmType, algorithmName, meaning } = segment;
  return {
    SegmentNumber: number,
    SegmentLabel: limited(segment.name) || `Segment ${number}`,
    SegmentedPropertyCategoryCodeSequence: [{ ...(meaning?.category ?? tissue) }],
    SegmentedPropertyTypeCodeSequence: [{ ...(meaning?.type ?? tissue) }],
    SegmentAlgorithmType: algorithmType,
    ...(algorithmType === 'MANUAL' ? {} : { SegmentAlgorithmName: limited(algorithmName) }),
    RecommendedDisplayCIELabValue: [...labOf(segment.colour)],
  };
}

function dimensionIndex(uid: string, located: boolean): Item[] {
  const index = (pointer: number, group: number, label: string): Item => ({
    DimensionOrganizationUID: uid,
    DimensionIndexPointer: pointer,
    FunctionalGroupPointer: group,
    DimensionDescriptionLabel: label,
  });
  return [
    index(tags.referencedSegmentNumber, tags.segmentIdentificationSequence, 'ReferencedSegmentNumber'),
    located
      ? index(tags.imagePositionPatient, tags.planePositionSequence, 'ImagePositionPatient')
      : index(tags.sourceImageSequence, tags.derivationImageSequence, 'SourceImageSequence'),
  ];
}

/** All images of the series, each once: a viewer finds by them where the segmentation belongs. */
function referencedSeries({ seriesInstanceUid, slices }: SegmentationSource): Item {
  const classes = new Map(slices.map(slice => [slice.sopInstanceUid, slice.sopClassUid]));
  return {
    SeriesInstanceUID: seriesInstanceUid,
    ReferencedInstanceSequence: [...classes].map(([uid, sopClass]) => ({
      ReferencedSOPClassUID: sopClass,
      ReferencedSOPInstanceUID: uid,
    })),
  };
}

/** VR LO (PS3.5 6.2): at most 64 characters, no backslash. */
function limited(text: string): string {
  return text.replaceAll('\\', '/').slice(0, 64).trim();
}

const two = (value: number): string => String(value).padStart(2, '0');

/** VR DA, local time. */
function dateOf(now: Date): string {
  return `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
}

/** VR TM, local time. */
function timeOf(now: Date): string {
  return `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}
