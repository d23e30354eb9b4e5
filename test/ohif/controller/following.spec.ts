/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CornerstoneImage } from '../../../extension/src/ohif/host/cornerstone-types';
import { HEIGHT, WIDTH } from '../fake-viewer';
import { Workplace } from './workplace';

let work: Workplace;

const nowhere = { previous: false, next: false };

beforeEach(async () => {
  work = new Workplace();
  await work.loaded();
  work.viewer.scroll(1);
});

afterEach(() => work.controller.exit());

it('accepts what is proposed, shows the next image and proposes the same structure there', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  expect(work.model.canFollow).toEqual({ previous: true, next: true });
  await work.follow('next');
  expect(work.written('image-1')).toEqual([20]);
  expect(work.viewer.current).toBe(2);
  expect(work.engine.last).toMatchObject({
    what: 'propose',
    input: {
      prompts: [{ kind: 'point', at: { x: 4, y: 2 }, positive: true }],
      followed: { area: 1 },
    },
  });
  expect(work.engine.last.slice?.key).toContain('image-2');
  await work.recommend([21]);
  expect(work.model).toMatchObject({ state: 'proposing', canFollow: { previous: true, next: false } });
});

it('says so where the mask is little like the one on the image before, until it is answered', async () => {
  await work.click(4, 2);
  await work.recommend([20, 21, 28, 29]);
  await work.follow('next');
  await work.recommend([20, 21, 28, 29, 30]);
  expect(work.model.guidance).toBe('answer');
  work.intents.undo();
  work.intents.clear();
  work.viewer.scroll(1);
  await work.follow('previous');
  await work.recommend(Array.from({ length: 40 }, (_, i) => i));
  expect(work.model.guidance).toBe('unlike');
  work.viewer.scroll(1);
  expect(work.model.guidance).toBe('elsewhere');
});

it('goes on from a mask that was accepted before on the image on show, in both directions', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.follow('next');
  await work.recommend([21]);
  await work.accept();
  work.viewer.scroll(1);
  expect(work.model).toMatchObject({ state: 'idle', canFollow: { previous: true, next: true } });
  await work.follow('previous');
  expect(work.viewer.current).toBe(0);
  expect(work.engine.last.input?.prompts).toEqual([{ kind: 'point', at: { x: 4, y: 2 }, positive: true }]);
});

it('has nothing to follow on an image on which nothing was accepted', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  work.viewer.scroll(0);
  expect(work.model.canFollow).toEqual(nowhere);
  const before = work.engine.asked.length;
  await work.follow('next');
  expect([work.viewer.current, work.engine.asked.length]).toEqual([0, before]);
});

it('follows nothing while a proposal is on its way', async () => {
  await work.click(4, 2);
  expect(work.model.canFollow).toEqual(nowhere);
  await work.recommend([20]);
  await work.click(5, 2);
  await work.follow('next');
  expect([work.viewer.current, work.written('image-1')]).toEqual([1, []]);
});

it('stays where it is if the mask cannot be written', async () => {
  work.viewer.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
  work.viewer.locked.add('own 1');
  await work.click(4, 2);
  await work.recommend([20]);
  await work.follow('next');
  expect(work.model.problem?.code).toBe('segment-locked');
  expect([work.viewer.current, work.model.recommended === null]).toEqual([1, false]);
});

it('brings a proposal that was paged away back before it accepts it', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  work.viewer.scroll(0);
  await work.follow('next');
  expect([work.viewer.current, work.written('image-1')]).toEqual([1, []]);
  await work.follow('next');
  expect([work.viewer.current, work.written('image-1')]).toEqual([2, [20]]);
});

it('lets a click that comes meanwhile go first', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  work.intents.follow('next');
  await work.click(1, 1);
  await work.done();
  expect(work.viewer.current).toBe(1);
  expect(work.engine.last.input?.prompts).toEqual([{ kind: 'point', at: { x: 1, y: 1 }, positive: true }]);
});

it('does not follow a mask that was taken back', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  work.viewer.scroll(0);
  work.viewer.undo();
  await work.done();
  work.viewer.scroll(1);
  expect(work.model.canFollow).toEqual({ previous: true, next: true });
  // What was taken back is proposed again there, and it is that which would be followed.
  work.intents.clear();
  await work.done();
  expect(work.model.canFollow).toEqual(nowhere);
});

it('draws the structure anew on an image on which it was accepted before', async () => {
  await work.click(4, 2);
  await work.recommend([20, 21, 28, 29]);
  await work.follow('next');
  await work.recommend([20, 21]);
  await work.follow('previous');
  expect(work.viewer.current).toBe(1);
  await work.recommend([20, 21, 28]);
  await work.accept();
  expect(work.written('image-1')).toEqual([20, 21, 28]);
});

it('says so where the next image has another size', async () => {
  const image = work.viewer.images.get('image-2') as CornerstoneImage;
  work.viewer.images.set('image-2', {
    ...image,
    rows: HEIGHT + 1,
    columns: WIDTH,
    getPixelData: () => new Int16Array(WIDTH * (HEIGHT + 1)),
    voxelManager: { getScalarData: () => new Int16Array(WIDTH * (HEIGHT + 1)) },
  });
  await work.click(4, 2);
  await work.recommend([20]);
  await work.follow('next');
  expect(work.model.problem?.code).toBe('follow-size');
  expect(work.written('image-1')).toEqual([20]);
});

it('says so where the next image cannot be loaded', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  work.viewer.viewport.setImageIdIndex = () => Promise.reject(new Error('HTTP 404'));
  await work.follow('next');
  expect(work.model.problem).toMatchObject({ code: 'pixels-unreadable' });
  expect(work.model.problem?.message).toContain('HTTP 404');
});

it('waits for the next image where the viewport names it before it is loaded', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  const image = work.viewer.images.get('image-2') as CornerstoneImage;
  work.viewer.images.delete('image-2');
  work.viewer.viewport.setImageIdIndex = async index => void (work.viewer.current = index);
  await work.follow('next');
  expect(work.model).toMatchObject({ state: 'idle', problem: null });
  work.viewer.images.set('image-2', image);
  work.viewer.scroll(2);
  await work.done();
  expect(work.engine.last).toMatchObject({ what: 'propose', input: { prompts: [{ at: { x: 4, y: 2 } }] } });
});

it('is back on the image before where the next one cannot be loaded, so that the same key tries once more', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  const page = work.viewer.viewport.setImageIdIndex;
  work.cannotLoad('image-2');
  await work.follow('next');
  expect(work.model.problem).toMatchObject({ code: 'pixels-unreadable' });
  expect(work.viewer.current).toBe(1);
  expect(work.model.canFollow.next).toBe(true);
  Object.assign(work.viewer.viewport, { setImageIdIndex: page });
  await work.follow('next');
  expect([work.viewer.current, work.model.state]).toEqual([2, 'working']);
});

it('says nothing of an image that could not be loaded where the user has paged on meanwhile', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  let fail = (): void => undefined;
  work.viewer.viewport.setImageIdIndex = index => {
    work.viewer.current = index;
    return new Promise((_, reject) => {
      fail = () => reject(new Error('HTTP 502'));
    });
  };
  await work.follow('next');
  work.viewer.scroll(0);
  fail();
  await work.done();
  expect([work.viewer.current, work.model.problem]).toEqual([0, null]);
});

it('says so where such an image does not come', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  work.viewer.images.delete('image-2');
  work.viewer.viewport.setImageIdIndex = async index => void (work.viewer.current = index);
  await work.follow('next');
  const failed = { imageId: 'image-2', error: new Error('HTTP 404') };
  work.viewer.host.cornerstone.eventTarget.dispatchEvent(new CustomEvent('load-failed', { detail: failed }));
  await work.done();
  expect(work.model.problem).toMatchObject({ code: 'pixels-unreadable' });
  expect(work.model.problem?.message).toContain('HTTP 404');
});

it('goes on from what is in the segment after the mode was left and entered again', async () => {
  await work.click(4, 2);
  await work.recommend([20, 21]);
  await work.accept();
  await work.enterAnew();
  work.viewer.scroll(1);
  expect(work.model.canFollow).toEqual({ previous: true, next: true });
  await work.follow('next');
  expect(work.engine.last).toMatchObject({ what: 'propose', input: { followed: { area: 2 } } });
});

it('stays on the image to which the user pages while the mask is being written', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  work.intents.follow('next');
  work.viewer.scroll(0);
  const before = work.engine.asked.length;
  await work.done();
  expect(work.written('image-1')).toEqual([20]);
  expect([work.viewer.current, work.engine.asked.length]).toEqual([0, before]);
});

it('offers nothing to follow while the next image is on its way', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  const arrive = work.slowly();
  await work.follow('next');
  expect(work.model).toMatchObject({ state: 'idle', guidance: 'accepted', canFollow: nowhere });
  await arrive();
  expect(work.model.state).toBe('working');
});

it('says no longer that the image is loading once the structure is looked for there', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  const arrive = work.slowly();
  await work.follow('next');
  await work.click(1, 1);
  expect(work.model.problem?.code).toBe('pixels-unreadable');
  await arrive();
  expect(work.model).toMatchObject({ state: 'working', problem: null });
});

it('goes nowhere once the mode was left while the mask was being written', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  work.intents.follow('next');
  work.controller.exit();
  await work.done();
  expect([work.viewer.current, work.written('image-1')]).toEqual([1, [20]]);
});

it('looks for nothing once the mode was left while the next image was on its way', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  const arrive = work.slowly();
  await work.follow('next');
  await work.enterAnew();
  const before = work.engine.asked.length;
  await arrive();
  expect([work.model.state, work.engine.asked.length]).toEqual(['idle', before]);
});

it('looks for nothing in a viewport that went away while the next image was on its way', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  const arrive = work.slowly();
  await work.follow('next');
  work.viewer.close();
  const before = work.engine.asked.length;
  await arrive();
  expect([work.model.problem, work.engine.asked.length]).toEqual([null, before]);
});

it('goes on from the mask that was accepted first where the second one on that image was taken back', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  await work.click(2, 4);
  await work.recommend([34]);
  await work.accept();
  work.viewer.undo();
  work.intents.clear();
  await work.done();
  expect(work.written('image-1')).toEqual([20]);
  await work.follow('next');
  expect(work.engine.last.input?.prompts).toEqual([{ kind: 'point', at: { x: 4, y: 2 }, positive: true }]);
});

it('follows nothing of a segmentation that was deleted', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  for (const { segmentationId } of work.segmentations) work.viewer.removeSegmentation(segmentationId);
  work.viewer.scroll(1);
  expect(work.model.canFollow).toEqual(nowhere);
  await work.follow('next');
  expect(work.viewer.current).toBe(1);
});

it('follows nothing of a segment that was deleted', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  for (const { segmentationId } of work.segmentations) work.viewer.replaceSegments(segmentationId, {});
  expect(work.model.canFollow).toEqual(nowhere);
});

it('draws nothing anew in a segment that was given the number of a deleted one', async () => {
  await work.click(4, 2);
  await work.recommend([20, 21, 28, 29]);
  await work.accept();
  const [own] = work.segmentations;
  if (own === undefined) throw new Error('nothing was written');
  work.viewer.replaceSegments(own.segmentationId, {});
  work.viewer.replaceSegments(own.segmentationId, own.segments);
  await work.click(4, 2);
  await work.recommend([20, 21, 28]);
  await work.accept();
  // Of the deleted segment, or drawn since with another tool: not for this one to take away.
  expect(work.written('image-1')).toEqual([20, 21, 28, 29]);
});

it('follows nothing of a segmentation that the viewport does not show', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  work.viewer.representations = [];
  work.viewer.scroll(1);
  expect(work.model.canFollow).toEqual(nowhere);
});

describe('of what the viewer’s own tools have drawn', () => {
  beforeEach(() => {
    work.viewer.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
    work.viewer.scroll(1);
  });

  /** As a brush does it. */
  function paint(label: number, ...pixels: readonly number[]): void {
    const labels = work.viewer.images.get('own/image-1')?.getPixelData() as Uint8Array;
    for (const pixel of pixels) labels[pixel] = label;
    work.viewer.scroll(1);
  }

  it('follows what is in the active segment on the image on show, such as that of a file that was opened', async () => {
    expect(work.model.canFollow).toEqual(nowhere);
    paint(1, 20, 21, 28, 29, 40);
    expect(work.model.canFollow).toEqual({ previous: true, next: true });
    await work.follow('previous');
    expect(work.viewer.current).toBe(0);
    // Of its parts the largest.
    expect(work.engine.last.input?.followed?.area).toBe(4);
  });

  it('follows an accepted mask as a brush has mended it', async () => {
    await work.click(4, 2);
    await work.recommend([20, 21]);
    await work.accept();
    paint(1, 28, 29);
    paint(0, 20);
    paint(1, 40, 41, 42, 43, 44);
    await work.follow('next');
    expect(work.engine.last.input?.followed?.area).toBe(3);
  });

  it('follows what was proposed, not a larger structure of the segment that it touches', async () => {
    paint(1, 8, 9, 10, 16, 17, 18, 24, 25, 26, 32, 33, 34);
    await work.click(4, 2);
    await work.recommend([19, 20, 27, 28]);
    await work.follow('next');
    expect(work.engine.last.input?.followed?.area).toBe(4);
  });

  it('looks at no other image to tell whether there is something to follow on this one', () => {
    work.viewer.addLabelmap(
      'layered',
      { 1: { segmentIndex: 1, label: 'Liver' }, 2: { segmentIndex: 2, label: 'Tumour', active: true } },
      work.viewer.imageIds,
      2,
    );
    const read: string[] = [];
    for (const [id, image] of work.viewer.images) {
      const { voxelManager } = image;
      if (!id.startsWith('layered/') || voxelManager === undefined) continue;
      const getScalarData = () => (read.push(id), voxelManager.getScalarData());
      work.viewer.images.set(id, { ...image, voxelManager: { ...voxelManager, getScalarData } });
    }
    work.viewer.scroll(2);
    expect(work.model.canFollow).toEqual(nowhere);
    expect(new Set(read)).toEqual(new Set(['layered/image-2', 'layered/image-2 (2)']));
  });

  it('follows nothing of a segment that is not the active one, or is locked', () => {
    paint(2, 20, 21);
    expect(work.model.canFollow).toEqual(nowhere);
    paint(1, 28);
    work.viewer.locked.add('own 1');
    work.viewer.scroll(1);
    expect(work.model.canFollow).toEqual(nowhere);
  });
});
