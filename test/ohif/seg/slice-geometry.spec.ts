import { expect, it } from '@jest/globals';
import { geometryOf, type ImagePlane, type Instance } from '../../../extension/src/ohif/seg/slice-geometry';

const plane: ImagePlane = {
  imagePositionPatient: [-10, -20, 2],
  imageOrientationPatient: [1, 0, 0, 0, 1, 0],
  rowPixelSpacing: 0.5,
  columnPixelSpacing: 0.75,
  sliceThickness: 2,
};
/** What the host gives every frame, whether or not the object says so. */
const placed: Instance = { NumberOfFrames: 2, ImagePositionPatient: [-10, -20, 2] };
const detector = { ImagePositionPatient: [-10, -20, 0], ImageOrientationPatient: [1, 0, 0, 0, 1, 0] };

const position = (instance: Instance, frame: number | null): readonly number[] | undefined =>
  geometryOf(plane, instance, frame)?.position;

it('gives spacing as DICOM does: between rows first', () => {
  expect(geometryOf(plane, placed, null)).toMatchObject({ pixelSpacing: [0.5, 0.75], sliceThickness: 2 });
});

it('places an image that says where it lies', () => {
  expect(position({ ImagePositionPatient: [-10, -20, 2] }, null)).toEqual([-10, -20, 2]);
  expect(position({}, null)).toBeUndefined();
});

it('places the frames of which the functional groups say where they lie', () => {
  const here = { PlanePositionSequence: [{ ImagePositionPatient: [-10, -20, 2] }] };
  expect(position({ ...placed, PerFrameFunctionalGroupsSequence: [{}, here] }, 2)).toEqual([-10, -20, 2]);
  expect(position({ ...placed, PerFrameFunctionalGroupsSequence: [{}, here] }, 1)).toBeUndefined();
  expect(position({ ...placed, SharedFunctionalGroupsSequence: [here] }, 1)).toEqual([-10, -20, 2]);
});

it('places the slices of tomographic nuclear medicine', () => {
  const tomography = {
    DetectorInformationSequence: [detector],
    SpacingBetweenSlices: 3,
    SliceVector: [1, 2],
  };
  expect(position({ ...placed, ...tomography }, 2)).toEqual([-10, -20, 2]);
});

it.each([
  ['views of detectors', { DetectorInformationSequence: [detector, detector] }],
  [
    'a second cardiac phase',
    { DetectorInformationSequence: [detector], SpacingBetweenSlices: 3, SliceVector: [1, 1] },
  ],
  ['a dose, with one position for all frames', { GridFrameOffsetVector: [0, 3] }],
])('claims no place for %s: the host invents it', (_what, attributes) => {
  expect(position({ ...placed, ...attributes }, 2)).toBeUndefined();
});
