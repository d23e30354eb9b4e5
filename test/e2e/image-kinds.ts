/** Images of the kinds of pixels that are not plain grey values, made as DICOM files: a bright disc with a soft border on noise. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeDicomFile, type Attributes } from '../../demo/phantom/dicom-file';

export const SIDE = 256;
export const disc = { column: 150, row: 110, radius: 24 } as const;

/** Row-major, 1 inside the disc. */
export const discPixels: readonly number[] = Array.from({ length: SIDE * SIDE }, (_, i) =>
  Number(distanceToCentre(i) < disc.radius),
);

export interface ImageKind {
  /** Also what the series is called. */
  readonly name: string;
  readonly attributes: Attributes;
  /** Of several frames the one with the disc, from 1, and where it lies (mm); null for an image of a single frame. */
  readonly frame: { readonly number: number; readonly position: readonly number[] | null } | null;
  /** Between rows, between columns (mm); null where the image does not say. */
  readonly spacing: readonly number[] | null;
  /** What a pixel covers in the patient (mm²); null where the image does not say. */
  readonly pixelArea: number | null;
}

const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';
const computedRadiography = '1.2.840.10008.5.1.4.1.1.1';
const digitalRadiography = '1.2.840.10008.5.1.4.1.1.1.1';
const ultrasound = '1.2.840.10008.5.1.4.1.1.6.1';
const nuclearMedicine = '1.2.840.10008.5.1.4.1.1.20';

const ultrasoundMultiFrame = '1.2.840.10008.5.1.4.1.1.3.1';
const magneticResonance = '1.2.840.10008.5.1.4.1.1.4';
const enhancedMr = '1.2.840.10008.5.1.4.1.1.4.1';
/** Of an image of several frames the one with the disc, from 1. */
const MIDDLE = 2;
const FRAMES = 3;

/** A root for made-up images (PS3.5 Annex B.2). */
const uid = (...parts: readonly number[]): string =>
  ['2.25.27182818284590452353602874713526', ...parts].join('.');

export const imageKinds: readonly ImageKind[] = [
  {
    ...kind(1, 'MONOCHROME1', {
      SOPClassUID: computedRadiography,
      Modality: 'CR',
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME1',
      PixelSpacing: [0.5, 0.5],
      ImagerPixelSpacing: [0.5, 0.5],
      WindowCenter: 128,
      WindowWidth: 256,
      PixelData: [greyValues().buffer],
    }),
    pixelArea: 0.5 * 0.5,
  },
  kind(2, 'RGB', {
    SOPClassUID: secondaryCapture,
    Modality: 'US',
    SamplesPerPixel: 3,
    PlanarConfiguration: 0,
    PhotometricInterpretation: 'RGB',
    PixelData: [tintedValues().buffer],
  }),
  kind(3, 'PALETTE COLOR', {
    SOPClassUID: secondaryCapture,
    Modality: 'US',
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'PALETTE COLOR',
    ...palette('Red', 1),
    ...palette('Green', 0.6),
    ...palette('Blue', 0.8),
    PixelData: [greyValues().buffer],
  }),
  {
    ...kind(4, 'CINE', {
      SOPClassUID: ultrasoundMultiFrame,
      Modality: 'US',
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      NumberOfFrames: FRAMES,
      FrameTime: 40,
      WindowCenter: 128,
      WindowWidth: 256,
      PixelData: [framesWithDisc().buffer],
    }),
    frame: { number: MIDDLE, position: null },
  },
  {
    ...kind(5, 'ENHANCED', {
      SOPClassUID: enhancedMr,
      Modality: 'MR',
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      NumberOfFrames: FRAMES,
      FrameOfReferenceUID: uid(5, 9),
      WindowCenter: 128,
      WindowWidth: 256,
      SharedFunctionalGroupsSequence: [
        {
          PlaneOrientationSequence: [{ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }],
          PixelMeasuresSequence: [{ PixelSpacing: [0.8, 0.6], SliceThickness: 4 }],
        },
      ],
      PerFrameFunctionalGroupsSequence: [-4, 0, 4].map(z => ({
        PlanePositionSequence: [{ ImagePositionPatient: [-60, -80, z] }],
      })),
      PixelData: [framesWithDisc().buffer],
    }),
    frame: { number: MIDDLE, position: [-60, -80, 0] },
    spacing: [0.8, 0.6],
    pixelArea: 0.8 * 0.6,
  },
  {
    // The viewer cannot draw it where its graphics are computed in software: it has no window there.
    ...kind(6, 'SIGMOID', {
      SOPClassUID: digitalRadiography,
      Modality: 'DX',
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      ImagerPixelSpacing: [0.25, 0.25],
      EstimatedRadiographicMagnificationFactor: 1.25,
      WindowCenter: 128,
      WindowWidth: 256,
      VOILUTFunction: 'SIGMOID',
      PixelData: [greyValues().buffer],
    }),
    pixelArea: 0.2 * 0.2,
  },
  {
    ...kind(7, 'CALIBRATED', {
      SOPClassUID: ultrasound,
      Modality: 'US',
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      SequenceOfUltrasoundRegions: [
        {
          RegionSpatialFormat: 1,
          RegionDataType: 1,
          RegionFlags: 0,
          RegionLocationMinX0: 20,
          RegionLocationMinY0: 20,
          RegionLocationMaxX1: 240,
          RegionLocationMaxY1: 240,
          PhysicalUnitsXDirection: 3,
          PhysicalUnitsYDirection: 3,
          PhysicalDeltaX: 0.03,
          PhysicalDeltaY: 0.02,
        },
      ],
      PixelData: [greyValues().buffer],
    }),
    pixelArea: 0.3 * 0.2,
  },
  {
    // Views of three detectors, of which the viewer makes slices one millimetre apart.
    ...kind(8, 'DETECTORS', {
      SOPClassUID: nuclearMedicine,
      Modality: 'NM',
      ImageType: ['ORIGINAL', 'PRIMARY', 'STATIC', 'EMISSION'],
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      NumberOfFrames: FRAMES,
      FrameOfReferenceUID: uid(8, 9),
      PixelSpacing: [2, 2],
      WindowCenter: 128,
      WindowWidth: 256,
      DetectorVector: [1, 2, 3],
      DetectorInformationSequence: [-4, 0, 4].map(y => ({
        ImagePositionPatient: [-60, y, 80],
        ImageOrientationPatient: [1, 0, 0, 0, 0, -1],
      })),
      PixelData: [framesWithDisc().buffer],
    }),
    frame: { number: MIDDLE, position: null },
    pixelArea: 2 * 2,
  },
];

export const ECHOES = 'ECHOES';

/** A series of two echoes at each of three places, which the viewer would show as a volume that changes. */
const echoesKind = kind(9, ECHOES, {
  SOPClassUID: magneticResonance,
  Modality: 'MR',
  SamplesPerPixel: 1,
  PhotometricInterpretation: 'MONOCHROME2',
  FrameOfReferenceUID: uid(9, 9),
  ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
  PixelSpacing: [0.5, 0.5],
  SliceThickness: 4,
  WindowCenter: 128,
  WindowWidth: 256,
  PixelData: [greyValues().buffer],
});

const echoes: readonly Attributes[] = [-4, 0, 4].flatMap((z, place) =>
  [10, 90].map((echoTime, echo) => ({
    ...echoesKind.attributes,
    SOPInstanceUID: uid(9, 1, 2 * place + echo + 1),
    InstanceNumber: 2 * place + echo + 1,
    ImagePositionPatient: [-60, -60, z],
    EchoTime: echoTime,
  })),
);

export const echoesCount = echoes.length;

/** Writes one study: of each kind a series of one file, and the echoes. */
export async function writeImageKinds(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const attributes of [...imageKinds.map(each => each.attributes), ...echoes]) {
    const bytes = encodeDicomFile(attributes, { uid: uid(0), version: 'TEST' });
    await writeFile(path.join(folder, `${String(attributes['SOPInstanceUID'])}.dcm`), bytes);
  }
}

function kind(number: number, name: string, pixels: Attributes): ImageKind {
  return {
    name,
    frame: null,
    spacing: null,
    pixelArea: null,
    attributes: {
      SOPInstanceUID: uid(number, 1, 1),
      StudyInstanceUID: uid(1),
      SeriesInstanceUID: uid(number, 1),
      PatientName: 'KINDS',
      PatientID: 'KINDS',
      PatientBirthDate: '',
      PatientSex: '',
      StudyDate: '20260101',
      StudyTime: '101010',
      StudyDescription: 'KINDS OF PIXELS',
      SeriesDescription: name,
      StudyID: '1',
      AccessionNumber: '',
      ReferringPhysicianName: '',
      SeriesNumber: number,
      InstanceNumber: 1,
      Rows: SIDE,
      Columns: SIDE,
      BitsAllocated: 8,
      BitsStored: 8,
      HighBit: 7,
      PixelRepresentation: 0,
      ...pixels,
    },
  };
}

function distanceToCentre(index: number): number {
  return Math.hypot((index % SIDE) - disc.column, Math.floor(index / SIDE) - disc.row);
}

/** 60 outside and 180 inside the disc, with a border about four pixels wide and noise of a repeatable kind. */
function greyValues(): Uint8Array<ArrayBuffer> {
  let state = 1;
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    state = (state * 48271) % 2147483647;
    const noise = 20 * (state / 2147483647 - 0.5);
    return Math.round(60 + 120 / (1 + Math.exp((distanceToCentre(i) - disc.radius) / 2)) + noise);
  });
}

/** Frames without anything, and one with the disc. */
function framesWithDisc(): Uint8Array<ArrayBuffer> {
  const frame = greyValues();
  const frames = new Uint8Array(FRAMES * frame.length).fill(60);
  frames.set(frame, (MIDDLE - 1) * frame.length);
  return frames;
}

/** Red, green, blue of every pixel, of different strength. */
function tintedValues(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...greyValues()].flatMap(value => [value, value >> 1, value]));
}

function palette(colour: 'Red' | 'Green' | 'Blue', share: number): Attributes {
  const table = Uint16Array.from({ length: 256 }, (_, i) => Math.round(i * 257 * share));
  return {
    [`${colour}PaletteColorLookupTableDescriptor`]: [256, 0, 16],
    [`${colour}PaletteColorLookupTableData`]: [table.buffer],
  };
}
