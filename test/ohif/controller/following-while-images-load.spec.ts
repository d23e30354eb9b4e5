/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { CornerstoneImage } from '../../../extension/src/ohif/host/cornerstone-types';
import { HEIGHT, WIDTH } from '../fake-viewer/images';
import { nowhere, Workplace } from './workplace';

let work: Workplace;

beforeEach(async () => {
  work = await Workplace.inTheMiddle();
  await work.click(4, 2);
  await work.recommend([20]);
});
afterEach(() => work.controller.exit());

it('says so where the next image has another size', async () => {
  const image = work.viewer.images.get('image-2') as CornerstoneImage;
  work.viewer.images.set('image-2', {
    ...image,
    rows: HEIGHT + 1,
    columns: WIDTH,
    getPixelData: () => new Int16Array(WIDTH * (HEIGHT + 1)),
    voxelManager: { getScalarData: () => new Int16Array(WIDTH * (HEIGHT + 1)) },
  });
  await work.follow('next');
  expect(work.model.problem?.code).toBe('follow-size');
  expect(work.written('image-1')).toEqual([20]);
});

it('says so where the next image cannot be loaded', async () => {
  work.viewer.viewport.setImageIdIndex = () => Promise.reject(new Error('HTTP 404'));
  await work.follow('next');
  expect(work.model.problem).toMatchObject({ code: 'pixels-unreadable' });
  expect(work.model.problem?.message).toContain('HTTP 404');
});

it('waits for the next image where the viewport names it before it is loaded', async () => {
  const image = work.viewer.images.get('image-2') as CornerstoneImage;
  work.viewer.images.delete('image-2');
  work.viewer.viewport.setImageIdIndex = async index => void (work.viewer.viewport.current = index);
  await work.follow('next');
  expect(work.model).toMatchObject({ state: 'idle', problem: null });
  work.viewer.images.set('image-2', image);
  work.viewer.viewport.scroll(2);
  await work.done();
  expect(work.engine.last).toMatchObject({ what: 'propose', input: { prompts: [{ at: { x: 4, y: 2 } }] } });
});

it('is back on the image before where the next one cannot be loaded, so that the same key tries once more', async () => {
  const page = work.viewer.viewport.setImageIdIndex;
  work.cannotLoad('image-2');
  await work.follow('next');
  expect(work.model.problem).toMatchObject({ code: 'pixels-unreadable' });
  expect(work.viewer.viewport.current).toBe(1);
  expect(work.model.canFollow.next).toBe(true);
  Object.assign(work.viewer.viewport, { setImageIdIndex: page });
  await work.follow('next');
  expect([work.viewer.viewport.current, work.model.state]).toEqual([2, 'working']);
});

it('says nothing of an image that could not be loaded where the user has paged on meanwhile', async () => {
  let fail = (): void => undefined;
  work.viewer.viewport.setImageIdIndex = index => {
    work.viewer.viewport.current = index;
    return new Promise((_, reject) => {
      fail = () => reject(new Error('HTTP 502'));
    });
  };
  await work.follow('next');
  work.viewer.viewport.scroll(0);
  fail();
  await work.done();
  expect([work.viewer.viewport.current, work.model.problem]).toEqual([0, null]);
});

it('says so where such an image does not come', async () => {
  work.viewer.images.delete('image-2');
  work.viewer.viewport.setImageIdIndex = async index => void (work.viewer.viewport.current = index);
  await work.follow('next');
  const failed = { imageId: 'image-2', error: new Error('HTTP 404') };
  work.viewer.host.cornerstone.eventTarget.dispatchEvent(new CustomEvent('load-failed', { detail: failed }));
  await work.done();
  expect(work.model.problem).toMatchObject({ code: 'pixels-unreadable' });
  expect(work.model.problem?.message).toContain('HTTP 404');
});

it('stays on the image to which the user pages while the mask is being written', async () => {
  work.intents.follow('next');
  work.viewer.viewport.scroll(0);
  const before = work.engine.asked.length;
  await work.done();
  expect(work.written('image-1')).toEqual([20]);
  expect([work.viewer.viewport.current, work.engine.asked.length]).toEqual([0, before]);
});

it('offers nothing to follow while the next image is on its way', async () => {
  const arrive = work.slowly();
  await work.follow('next');
  expect(work.model).toMatchObject({ state: 'idle', guidance: 'accepted', canFollow: nowhere });
  await arrive();
  expect(work.model.state).toBe('working');
});

it('says no longer that the image is loading once the structure is looked for there', async () => {
  const arrive = work.slowly();
  await work.follow('next');
  await work.click(1, 1);
  expect(work.model.problem?.code).toBe('pixels-unreadable');
  await arrive();
  expect(work.model).toMatchObject({ state: 'working', problem: null });
});

it('goes nowhere once the mode was left while the mask was being written', async () => {
  work.intents.follow('next');
  work.controller.exit();
  await work.done();
  expect([work.viewer.viewport.current, work.written('image-1')]).toEqual([1, [20]]);
});

it('looks for nothing once the mode was left while the next image was on its way', async () => {
  const arrive = work.slowly();
  await work.follow('next');
  await work.enterAnew();
  const before = work.engine.asked.length;
  await arrive();
  expect([work.model.state, work.engine.asked.length]).toEqual(['idle', before]);
});

it('looks for nothing in a viewport that went away while the next image was on its way', async () => {
  const arrive = work.slowly();
  await work.follow('next');
  work.viewer.viewport.close();
  const before = work.engine.asked.length;
  await arrive();
  expect([work.model.problem, work.engine.asked.length]).toEqual([null, before]);
});
