import { beforeEach, expect, it } from '@jest/globals';
import { showImage } from '../../../extension/src/ohif/controller/show-image';
import { FakeViewer } from '../fake-viewer/viewer';
import { settled } from './fake-engine';

let viewer: FakeViewer;
let ended: boolean;

/** As next viewports do it: the image is named as shown, and loaded later. */
beforeEach(() => {
  viewer = new FakeViewer();
  viewer.images.delete('image-2');
  viewer.viewport.setImageIdIndex = async index => void (viewer.viewport.current = index);
  ended = false;
  void showImage(viewer.host, viewer.viewport, 2).then(() => (ended = true));
});

it('waits until the viewport has the image', async () => {
  await settled();
  expect(ended).toBe(false);
  viewer.viewport.scroll(2);
  await settled();
  expect(ended).toBe(true);
});

it('waits no longer once the viewport is gone', async () => {
  await settled();
  viewer.viewport.close();
  await settled();
  expect(ended).toBe(true);
});
