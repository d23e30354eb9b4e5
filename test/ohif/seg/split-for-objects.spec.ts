import { expect, it } from '@jest/globals';
import { segmentationObject } from '../../../extension/src/ohif/seg/segmentation-object';
import { splitForObjects } from '../../../extension/src/ohif/seg/split-for-objects';
import { circumstances, slice, source } from './source';

it('makes an object for each size of image on which something is drawn, with the pixels where they were drawn', () => {
  const small = [slice(0, '0000', '0110'), slice(1, '0000', '0000')];
  const wide = slice(5, '000000', '011110', '000000');
  const untouched = slice(9, '00', '00', '00');
  const objects = splitForObjects(source({ slices: [...small, wide, untouched] })).map(each =>
    segmentationObject(each, circumstances()),
  );
  expect(objects).toMatchObject([
    { Rows: 2, Columns: 4, NumberOfFrames: 1 },
    { Rows: 3, Columns: 6, NumberOfFrames: 1 },
  ]);
  const bits = objects.map(object => [...new Uint8Array(object['PixelData'] as ArrayBuffer)]);
  expect(bits).toEqual([
    [0b01100000, 0],
    [0b10000000, 0b00000111, 0, 0],
  ]);
});

it('makes an object of its own of images without a place, such as a page of text among the slices', () => {
  const page = { ...slice(3, '1100', '0000'), geometry: null };
  const objects = splitForObjects(source({ slices: [slice(0, '0110', '0000'), page] })).map(each =>
    segmentationObject(each, circumstances()),
  );
  expect(objects.map(object => object['FrameOfReferenceUID'])).toEqual(['1.2.3.5', undefined]);
});

it('leaves a source of one size as it is, and one in which nothing is drawn', () => {
  const one = source();
  expect(splitForObjects(one)).toEqual([one]);
  const empty = source({ slices: [slice(0, '00'), slice(1, '000')] });
  expect(splitForObjects(empty)).toEqual([empty]);
});
