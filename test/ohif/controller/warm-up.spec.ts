import { beforeEach, expect, it } from '@jest/globals';
import { warmUpLabelmaps } from '../../../extension/src/ohif/controller/warm-up';
import { defaultColours } from '../../../extension/src/ohif/overlays/appearance';
import { ColourTable } from '../../../extension/src/ohif/overlays/colour-table';
import { FakeViewer } from '../fake-viewer';
import { Frames } from '../frames';

let viewer: FakeViewer;
let frames: Frames;
let stop: () => void;

const isShown = (): boolean => viewer.representations.length > 0;

beforeEach(() => {
  viewer = new FakeViewer();
  frames = new Frames();
  stop = warmUpLabelmaps(viewer.host, new ColourTable(viewer.host, defaultColours), frames.later);
});

it('shows an empty labelmap once the first image is drawn, until it has been drawn itself', () => {
  expect(frames.waiting).toBe(0);
  viewer.render();
  frames.next();
  expect(isShown()).toBe(true);
  expect(viewer.labels('spa-overlay:image:warm-up').some(label => label !== 0)).toBe(false);
  viewer.render();
  frames.next();
  expect(isShown()).toBe(false);
  expect(viewer.segmentations.size).toBe(0);
});

it('keeps the labelmap until the renderer has taken it up', () => {
  viewer.render();
  frames.next();
  viewer.element.dispatchEvent(new CustomEvent('rendered'));
  expect(frames.waiting).toBe(0);
  expect(isShown()).toBe(true);
});

it('does so once a viewport', () => {
  viewer.render();
  frames.next();
  viewer.render();
  frames.next();
  viewer.render();
  expect(frames.waiting).toBe(0);
});

it('begins anew on the next image when the user pages on before it is done', () => {
  viewer.render();
  frames.next();
  viewer.scroll(1);
  expect(isShown()).toBe(false);
  viewer.render();
  frames.next();
  expect([...viewer.images.values()].map(image => image.referencedImageId)).toContain('image-1');
});

it('leaves reconstructions alone: they are not segmented', () => {
  viewer.type = 'orthographic';
  viewer.render();
  expect(frames.waiting).toBe(0);
});

it('leaves nothing behind when the mode is left in between', () => {
  viewer.render();
  frames.next();
  stop();
  viewer.render();
  frames.all();
  expect(isShown()).toBe(false);
  expect(viewer.images.has('spa-overlay:image:warm-up')).toBe(false);
});
