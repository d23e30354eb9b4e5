/** What a DICOM SEG object is made of, as plain data: what the viewer knows of the segmentation and of the images it belongs to. */
import type { Rgb } from '../../core/image/colours';
import type { SliceGeometry } from '../slice/slice-geometry';

/** One image of the series and the labels drawn on it. */
export interface LabelledSlice {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** From 1; null for an image of a single frame. */
  readonly frameNumber: number | null;
  /** Null where the image has no place in space (projection radiography, ultrasound). */
  readonly geometry: SliceGeometry | null;
  readonly rows: number;
  readonly columns: number;
  /** Row-major, `rows * columns`; 0 is background. */
  readonly labels: Uint8Array | Uint16Array;
}

/** A code (PS3.3, table 8.8-1) as an item of a code sequence. */
export interface CodedConcept {
  readonly CodeValue: string;
  readonly CodingSchemeDesignator: string;
  readonly CodeMeaning: string;
}

/** What a segment shows. */
export interface SegmentMeaning {
  /** SegmentedPropertyCategoryCodeSequence (0062,0003). */
  readonly category: CodedConcept;
  /** SegmentedPropertyTypeCodeSequence (0062,000F). */
  readonly type: CodedConcept;
}

export interface SegmentDescription {
  /** Value in `labels`. */
  readonly label: number;
  /** SegmentLabel (0062,0005). */
  readonly name: string;
  /** SegmentAlgorithmType (0062,0008). */
  readonly algorithmType: 'AUTOMATIC' | 'SEMIAUTOMATIC' | 'MANUAL';
  /** SegmentAlgorithmName (0062,0009): needed unless manual. */
  readonly algorithmName: string;
  /** Null where nobody said. */
  readonly meaning: SegmentMeaning | null;
  readonly colour: Rgb;
}

/** Attributes of patient and study that the object shares with the images, by DICOM keyword; absent ones are written empty. */
export type StudyAttributes = Readonly<Partial<Record<StudyKeyword, string>>>;

export const studyKeywords = [
  'PatientName',
  'PatientID',
  'IssuerOfPatientID',
  'PatientBirthDate',
  'PatientSex',
  'PatientAge',
  'StudyInstanceUID',
  'StudyDate',
  'StudyTime',
  'StudyDescription',
  'StudyID',
  'AccessionNumber',
  'ReferringPhysicianName',
] as const;

export type StudyKeyword = (typeof studyKeywords)[number];

export interface SegmentationSource {
  readonly study: StudyAttributes;
  /** SeriesInstanceUID (0020,000E) of the images. */
  readonly seriesInstanceUid: string;
  /** FrameOfReferenceUID (0020,0052) of the images; null if they have none. */
  readonly frameOfReferenceUid: string | null;
  /** LossyImageCompression (0028,2110) of the images: what was lossy stays so. */
  readonly lossy: boolean;
  /** Every image of the series, in any order; an image on which segments overlap once for each layer. */
  readonly slices: readonly LabelledSlice[];
  readonly segments: readonly SegmentDescription[];
  /** SeriesDescription (0008,103E). */
  readonly description: string;
  /** SoftwareVersions (0018,1020). */
  readonly softwareVersion: string;
}
