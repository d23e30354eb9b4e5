import { expect, it } from '@jest/globals';
import { framesOf, packFrames } from '../../../extension/src/ohif/seg/frames';
import { labelmap } from '../../grid-in-text';
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

it('makes one frame of a segment whose pixels lie on several layers of an image, and counts the image once', () => {
  const layers = [slice(0, '1100'), slice(0, '0121'), slice(5, '2000')];
  const { frames } = framesOf({ slices: layers, segments: [manual, second] });
  expect(frames.map(f => [f.segmentNumber, f.positionIndex])).toEqual([
    [1, 1],
    [2, 1],
    [2, 2],
  ]);
  expect([...new Uint8Array(packFrames(frames, 4))]).toEqual([0b0100_1011, 0b0001]);
});

it('tells frames of one object apart by their number', () => {
  const slices = [1, 2].map(frameNumber => ({ ...slice(0, '1'), frameNumber }));
  expect(framesOf({ slices, segments: [manual] }).frames.map(f => f.slice.frameNumber)).toEqual([1, 2]);
});

const stretch = (...rows: readonly string[]) => {
  const labels = labelmap(...rows);
  return { labels, first: 0, last: labels.length - 1 };
};

it('packs bits lowest first, frames without padding between them, an even number of bytes at the end', () => {
  const frame = { segment: manual, stretches: [stretch('10000', '00001')] };
  expect([...new Uint8Array(packFrames([frame, frame], 10))]).toEqual([
    0b00000001, 0b00000110, 0b00001000, 0,
  ]);
});

it('packs the pixels of its own segment only', () => {
  const frame = { segment: second, stretches: [stretch('1212', '2121')] };
  expect([...new Uint8Array(packFrames([frame], 8))]).toEqual([0b01011010, 0]);
});

it('puts the last frame of an object with more bits than 32 bits can count in its place', () => {
  const pixels = 2 ** 26;
  const empty = { segment: manual, stretches: [] };
  const last = { segment: manual, stretches: [{ labels: labelmap('001'), first: 2, last: 2 }] };
  const packed = new Uint8Array(packFrames([...Array<typeof empty>(32).fill(empty), last], pixels));
  expect(packed[(32 * pixels) / 8]).toBe(0b100);
  expect(packed[0]).toBe(0);
});
