import type {
  LabelledSlice,
  SegmentationSource,
  SegmentDescription,
} from '../../../extension/src/ohif/seg/segmentation-source';
import { labelmap } from '../../grid-in-text';

export const manual: SegmentDescription = {
  label: 1,
  name: 'Nodule',
  algorithmType: 'MANUAL',
  algorithmName: '',
  meaning: null,
  colour: [255, 0, 0],
};

export const assisted: SegmentDescription = {
  ...manual,
  algorithmType: 'SEMIAUTOMATIC',
  algorithmName: 'SPA 0.1.0, default 1.0.0',
};

/** A slice at height `z` mm; of 2 x 4 pixels in most tests. */
export function slice(z: number, ...rows: readonly string[]): LabelledSlice {
  return {
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    sopInstanceUid: `1.2.3.${z}`,
    frameNumber: null,
    geometry: {
      position: [-10, -20, z],
      orientation: [1, 0, 0, 0, 1, 0],
      pixelSpacing: [0.5, 0.75],
      sliceThickness: 2.5,
    },
    rows: rows.length,
    columns: rows[0]?.length ?? 0,
    labels: labelmap(...rows),
  };
}

export function source(change: Partial<SegmentationSource> = {}): SegmentationSource {
  return {
    study: {
      PatientName: 'Phantom^Chest',
      PatientID: 'P1',
      StudyInstanceUID: '1.2.3',
      StudyDate: '20260105',
    },
    seriesInstanceUid: '1.2.3.4',
    frameOfReferenceUid: '1.2.3.5',
    lossy: false,
    slices: [slice(10, '0110', '0100'), slice(5, '0000', '0000'), slice(0, '0000', '1111')],
    segments: [assisted],
    description: 'SPA segmentation',
    softwareVersion: 'SPA 0.1.0',
    ...change,
  };
}

export function circumstances() {
  let uids = 0;
  return { newUid: () => `2.25.${++uids}`, now: new Date(2026, 0, 5, 9, 8, 7) };
}
