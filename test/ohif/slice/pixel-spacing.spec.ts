import { expect, it } from '@jest/globals';
import { spacingOf, type SpacingAttributes } from '../../../extension/src/ohif/slice/pixel-spacing';

/** As the host gives it for an image without position or orientation. */
const invented = { rowPixelSpacing: 1, columnPixelSpacing: 1, usingDefaultValues: true };
const pixels = { x: 1, y: 1, unit: 'px' };

const picture = {
  RegionSpatialFormat: 1,
  PhysicalUnitsXDirection: 3,
  PhysicalUnitsYDirection: 3,
  PhysicalDeltaX: 0.03,
  PhysicalDeltaY: 0.02,
};
const spectrum = {
  ...picture,
  RegionSpatialFormat: 3,
  PhysicalUnitsXDirection: 4,
  PhysicalUnitsYDirection: 7,
};

it('takes the spacing of the image plane where the image has one', () => {
  expect(spacingOf({ rowPixelSpacing: 0.5, columnPixelSpacing: 0.25 }, {})).toEqual({
    x: 0.25,
    y: 0.5,
    unit: 'mm',
  });
});

it.each<[string, SpacingAttributes, object]>([
  ['pixel spacing', { PixelSpacing: [0.5, '0.25'] }, { x: 0.25, y: 0.5, unit: 'mm' }],
  [
    'the pixel measures of its only frame',
    { SharedFunctionalGroupsSequence: [{ PixelMeasuresSequence: [{ PixelSpacing: [0.5, 0.25] }] }] },
    { x: 0.25, y: 0.5, unit: 'mm' },
  ],
  [
    'pixel spacing before that of the detector',
    {
      PixelSpacing: [0.2, 0.2],
      ImagerPixelSpacing: [0.25, 0.25],
      EstimatedRadiographicMagnificationFactor: 1.1,
    },
    { x: 0.2, y: 0.2, unit: 'mm' },
  ],
  [
    'the spacing of the detector with the magnification',
    { ImagerPixelSpacing: ['0.125', '0.25'], EstimatedRadiographicMagnificationFactor: '1.25' },
    { x: 0.2, y: 0.1, unit: 'mm' },
  ],
  [
    'the scale of an ultrasound picture',
    { SequenceOfUltrasoundRegions: picture },
    { x: 0.3, y: 0.2, unit: 'mm' },
  ],
  [
    'the scale of two ultrasound pictures side by side',
    { SequenceOfUltrasoundRegions: [picture, picture] },
    { x: 0.3, y: 0.2, unit: 'mm' },
  ],
  [
    'a scale whose axis runs upwards',
    { SequenceOfUltrasoundRegions: [{ ...picture, PhysicalDeltaY: -0.02 }] },
    { x: 0.3, y: 0.2, unit: 'mm' },
  ],
])('measures what has no place in the patient by %s', (_what, image, spacing) => {
  expect(spacingOf(invented, image)).toEqual(spacing);
});

it.each<[string, SpacingAttributes]>([
  ['the detector alone', { ImagerPixelSpacing: [0.2, 0.2] }],
  [
    'pictures of two scales',
    { SequenceOfUltrasoundRegions: [picture, { ...picture, PhysicalDeltaX: 0.05 }] },
  ],
  ['a picture beside a spectrum', { SequenceOfUltrasoundRegions: [picture, spectrum] }],
  ['no region', { SequenceOfUltrasoundRegions: [] }],
  ['nothing', {}],
])('counts in pixels where the image tells %s', (_what, image) => {
  expect(spacingOf(invented, image)).toEqual(pixels);
});
