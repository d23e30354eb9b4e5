import { expect, it } from '@jest/globals';
import { framesOf, packFrames } from '../../../extension/src/ohif/seg/frames';
import { labelmap } from '../grid';
import { manual, slice, source } from './source';

const second = { ...manual, label: 2, name: 'Vessel' };

it('makes one frame for every segment on every slice where it has pixels, and no empty ones', () => {
  const { frames } = framesOf(source());
  expect(frames.map(frame => frame.slice.sopInstanceUid)).toEqual(['1.2.3.0', '1.2.3.10']);
});

it('orders frames along the normal of the images, in whatever order the slices come', () => {
  const slices = [slice(5, '1'), slice(-5, '1'), slice(0, '1')];
  const heights = framesOf({ slices, segments: [manual] }).frames.map(f => f.slice.geometry?.position[2]);
  expect(heights).toEqual([-5, 0, 5]);
});

it('numbers positions over all segments alike, so that frames of one place share an index', () => {
  const slices = [slice(0, '1020'), slice(1, '0020'), slice(2, '1000')];
  const { frames } = framesOf({ slices, segments: [manual, second] });
  expect(frames.map(f => [f.segmentNumber, f.positionIndex])).toEqual([
    [1, 1],
    [1, 3],
    [2, 1],
    [2, 2],
  ]);
});

it('leaves out segments without pixels and numbers the others without gaps', () => {
  const { frames, segments } = framesOf({ slices: [slice(0, '0022')], segments: [manual, second] });
  expect(segments).toEqual([second]);
  expect(frames.map(frame => frame.segmentNumber)).toEqual([1]);
});

it('keeps the given order where images have no place in space', () => {
  const slices = ['a', 'b'].map(uid => ({ ...slice(0, '1'), sopInstanceUid: uid, geometry: null }));
  const { frames } = framesOf({ slices, segments: [manual] });
  expect(frames.map(f => [f.slice.sopInstanceUid, f.positionIndex])).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
});

it('packs bits lowest first, frames without padding between them, an even number of bytes at the end', () => {
  const labels = labelmap('10000', '00001');
  const frame = { slice: { ...slice(0), labels }, segment: manual, segmentNumber: 1, positionIndex: 1 };
  expect([...new Uint8Array(packFrames([frame, frame], 10))]).toEqual([
    0b00000001, 0b00000110, 0b00001000, 0,
  ]);
});

it('packs the pixels of its own segment only', () => {
  const frame = { slice: slice(0, '1212', '2121'), segment: second, segmentNumber: 1, positionIndex: 1 };
  expect([...new Uint8Array(packFrames([frame], 8))]).toEqual([0b01011010, 0]);
});
