import { expect, it } from '@jest/globals';
import type { Instance } from '../../../extension/src/ohif/slice/read-functional-group';
import { geometryOf, type ImagePlane } from '../../../extension/src/ohif/slice/slice-geometry';

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

it('takes the distance to the next slice for the thickness of an image that says only that', () => {
  const thickness = (instance: Instance): number | null | undefined =>
    geometryOf({ ...plane, sliceThickness: null }, { ...placed, ...instance }, null)?.sliceThickness;
  expect(thickness({ SliceThickness: '2', SpacingBetweenSlices: '3' })).toBe(2);
  expect(thickness({ SliceThickness: null, SpacingBetweenSlices: '3' })).toBe(3);
  expect(thickness({ SliceThickness: 0, SpacingBetweenSlices: 0 })).toBeNull();
});

it('places an image that says where it lies', () => {
  expect(position({ ImagePositionPatient: [-10, -20, 2] }, null)).toEqual([-10, -20, 2]);
  expect(position({}, null)).toBeUndefined();
});

const groups = (x: number) => ({
  PlanePositionSequence: [{ ImagePositionPatient: [x, -30, 3] }],
  PlaneOrientationSequence: [{ ImageOrientationPatient: [0, 1, 0, 0, 0, -1] }],
  PixelMeasuresSequence: [{ PixelSpacing: ['0.6', '0.8'], SliceThickness: 4 }],
});

it('places frames by their functional groups, whatever the host makes of them', () => {
  const instance = { ...placed, PerFrameFunctionalGroupsSequence: [{}, groups(-40)] };
  expect(geometryOf(plane, instance, 2)).toEqual({
    position: [-40, -30, 3],
    orientation: [0, 1, 0, 0, 0, -1],
    pixelSpacing: [0.6, 0.8],
    sliceThickness: 4,
  });
  expect(position(instance, 1)).toBeUndefined();
});

it('takes the distance between slices from the groups of a frame as well', () => {
  const measures = { PixelSpacing: [0.6, 0.8], SpacingBetweenSlices: 5 };
  const instance = {
    PerFrameFunctionalGroupsSequence: [{ ...groups(0), PixelMeasuresSequence: [measures] }],
  };
  expect(geometryOf(plane, instance, 1)?.sliceThickness).toBe(5);
});

it('takes the groups that all frames share where a frame has none of its own', () => {
  const { PlanePositionSequence, ...others } = groups(-40);
  const instance = {
    ...placed,
    SharedFunctionalGroupsSequence: [others],
    PerFrameFunctionalGroupsSequence: [{ PlanePositionSequence }],
  };
  expect(geometryOf(plane, instance, 1)).toMatchObject({ position: [-40, -30, 3], pixelSpacing: [0.6, 0.8] });
});

it('places an enhanced object of a single frame, of which the host does not read the groups', () => {
  const instance = { PerFrameFunctionalGroupsSequence: [groups(-40)] };
  expect(geometryOf({ ...plane, usingDefaultValues: true }, instance, null)?.position).toEqual([-40, -30, 3]);
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
  ['from the first frame', [1, 0, 0, 0, 1, 0], [0, -3], [-10, -20, -1]],
  ['from the first frame, along the normal', [1, 0, 0, 0, 0, -1], [0, 3], [-10, -17, 2]],
  ['by itself', [-1, 0, 0, 0, -1, 0], [2, 5.5], [-10, -20, 5.5]],
])(
  'places a frame of a dose by its offset, which counts %s',
  (_how, ImageOrientationPatient, GridFrameOffsetVector, expected) => {
    const dose = { ...placed, ImageOrientationPatient, GridFrameOffsetVector };
    // Whether or not the host has moved this frame already.
    const moved = { ...dose, ImagePositionPatient: [0, 0, 99] };
    for (const instance of [dose, moved]) {
      const geometry = geometryOf({ ...plane, sliceThickness: 0 }, instance, 2, dose);
      expect(geometry).toMatchObject({ position: expected, orientation: ImageOrientationPatient });
    }
  },
);

it.each([
  ['views of detectors', { DetectorInformationSequence: [detector, detector] }],
  [
    'a second cardiac phase',
    { DetectorInformationSequence: [detector], SpacingBetweenSlices: 3, SliceVector: [1, 1] },
  ],
  ['a dose whose offsets begin anywhere', { GridFrameOffsetVector: [5, 8] }],
  ['a frame of a dose without an offset', { GridFrameOffsetVector: [0] }],
])('claims no place for %s: the host invents it', (_what, attributes) => {
  expect(position({ ...placed, ...attributes }, 2)).toBeUndefined();
});
