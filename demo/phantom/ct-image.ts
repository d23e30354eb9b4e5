import type { Attributes } from './dicom-file';
import { pixelToWorld, sliceToWorld, type Grid } from './grid';
import { derivedUid } from './identifiers';

const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';
const DATE = '20260105';
const TIME = '101500';

/** Ordinals from which the UIDs of a study derive; instances count on from the last. */
const Purpose = { study: 1, series: 2, frameOfReference: 3, implementation: 4, instance: 100 } as const;

interface StudyIdentifiers {
  readonly study: string;
  readonly series: string;
  readonly frameOfReference: string;
}

function studyIdentifiers(seed: number): StudyIdentifiers {
  return {
    study: derivedUid(seed, Purpose.study),
    series: derivedUid(seed, Purpose.series),
    frameOfReference: derivedUid(seed, Purpose.frameOfReference),
  };
}

/** The class of files, not of a study: the same for every seed. */
export const IMPLEMENTATION = { uid: derivedUid(0, Purpose.implementation), version: 'SPA_PHANTOM_1' };

/**
 * Attributes of a slice as a CT Image (PS3.3 A.3).
 *
 * @param stored HU + 1024, row-major, `grid.size` squared.
 */
export function ctImage(
  seed: number,
  grid: Grid,
  slice: number,
  stored: Uint16Array<ArrayBuffer>,
): Attributes {
  const uids = studyIdentifiers(seed);
  const corner = decimal(pixelToWorld(grid, 0));
  const z = decimal(sliceToWorld(grid, slice));
  const fieldOfView = decimal(grid.size * grid.pixelSpacing);
  return {
    SpecificCharacterSet: 'ISO_IR 100',
    ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    SOPClassUID: CT_IMAGE_STORAGE,
    SOPInstanceUID: derivedUid(seed, Purpose.instance + slice),
    StudyDate: DATE,
    SeriesDate: DATE,
    AcquisitionDate: DATE,
    ContentDate: DATE,
    StudyTime: TIME,
    SeriesTime: TIME,
    AcquisitionTime: TIME,
    ContentTime: TIME,
    AccessionNumber: '',
    Modality: 'CT',
    Manufacturer: 'SPA for OHIF',
    InstitutionName: 'Phantom: no real patient',
    ReferringPhysicianName: '',
    StudyDescription: 'SPA demo: CT chest phantom',
    SeriesDescription: 'Chest 2.5 mm, lung (phantom)',
    ManufacturerModelName: 'Digital chest phantom',
    PatientName: 'Phantom^Chest',
    PatientID: 'SPA-PHANTOM-1',
    PatientBirthDate: '',
    PatientSex: 'O',
    ContrastBolusAgent: 'simulated',
    BodyPartExamined: 'CHEST',
    SliceThickness: decimal(grid.sliceSpacing),
    KVP: '120',
    DataCollectionDiameter: '500',
    DeviceSerialNumber: '1',
    SoftwareVersions: '1',
    ProtocolName: 'Chest phantom',
    ReconstructionDiameter: fieldOfView,
    GantryDetectorTilt: '0',
    TableHeight: '125',
    RotationDirection: 'CW',
    ExposureTime: '500',
    XRayTubeCurrent: '200',
    Exposure: '100',
    FilterType: 'BODY',
    ConvolutionKernel: 'SIM50',
    PatientPosition: 'HFS',
    StudyInstanceUID: uids.study,
    SeriesInstanceUID: uids.series,
    StudyID: '1',
    SeriesNumber: '2',
    AcquisitionNumber: '1',
    InstanceNumber: String(slice + 1),
    ImagePositionPatient: [corner, corner, z],
    ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
    FrameOfReferenceUID: uids.frameOfReference,
    PositionReferenceIndicator: '',
    SliceLocation: z,
    ImageComments: 'Computed from formulas; not a real patient, not for diagnosis.',
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: grid.size,
    Columns: grid.size,
    PixelSpacing: [decimal(grid.pixelSpacing), decimal(grid.pixelSpacing)],
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    WindowCenter: ['-600', '40'],
    WindowWidth: ['1500', '400'],
    WindowCenterWidthExplanation: ['LUNG', 'MEDIASTINUM'],
    RescaleIntercept: '-1024',
    RescaleSlope: '1',
    RescaleType: 'HU',
    BurnedInAnnotation: 'NO',
    LossyImageCompression: '00',
    PixelData: [stored.buffer],
  };
}

/** A Decimal String: at most 16 characters (PS3.5 6.2). */
function decimal(value: number): string {
  return String(Number(value.toFixed(6)));
}
