import { beforeEach, expect, it } from '@jest/globals';
import { warmUpLabelmaps } from '../../../extension/src/ohif/controller/warm-up';
import { meaning } from '../../../extension/src/core/image/colours';
import { ColourTable } from '../../../extension/src/ohif/overlays/colour-table';
import { FakeViewer } from '../fake-viewer/viewer';
import { Frames } from '../frames';

let viewer: FakeViewer;
let frames: Frames;
let stop: () => void;

const isShown = (): boolean => viewer.segmentations.representations.length > 0;

beforeEach(() => {
  viewer = new FakeViewer();
  frames = new Frames();
  stop = warmUpLabelmaps(viewer.host, new ColourTable(viewer.host, meaning), frames.later);
});

it('shows empty labelmaps, one with an outline and one without, once the first image is drawn, until they have been drawn themselves', () => {
  expect(frames.waiting).toBe(0);
  viewer.render();
  frames.next();
  expect(isShown()).toBe(true);
  for (const name of ['warm-up-outline', 'warm-up-fill']) {
    expect(viewer.images.labels(`spa-overlay:image:${name}`).some(label => label !== 0)).toBe(false);
  }
  expect([...viewer.segmentations.styles.values()].map(style => style['renderOutline'])).toEqual([
    true,
    false,
  ]);
  viewer.render();
  frames.next();
  expect(isShown()).toBe(false);
  expect(viewer.segmentations.size).toBe(0);
});

it('keeps the labelmaps until the renderer has taken them up', () => {
  viewer.render();
  frames.next();
  viewer.viewport.element.dispatchEvent(new CustomEvent('rendered'));
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
  viewer.viewport.scroll(1);
  expect(isShown()).toBe(false);
  viewer.render();
  frames.next();
  expect([...viewer.images.values()].map(image => image.referencedImageId)).toContain('image-1');
});

it('does so as well where the viewer tells only of the image that has come', () => {
  viewer.render();
  frames.next();
  viewer.viewport.current = 1;
  viewer.viewport.element.dispatchEvent(new CustomEvent('new'));
  expect(isShown()).toBe(false);
  viewer.render();
  frames.next();
  expect([...viewer.images.values()].map(image => image.referencedImageId)).toContain('image-1');
});

it('goes on where the viewer shows the same image again', () => {
  viewer.render();
  frames.next();
  viewer.viewport.element.dispatchEvent(new CustomEvent('new'));
  expect(isShown()).toBe(true);
});

it('leaves reconstructions alone: they are not segmented', () => {
  viewer.viewport.type = 'orthographic';
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
  expect([...viewer.images.keys()].filter(id => id.startsWith('spa-overlay:'))).toEqual([]);
});
