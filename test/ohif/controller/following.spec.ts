/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { nowhere, Workplace } from './workplace';

let work: Workplace;

beforeEach(async () => {
  work = await Workplace.inTheMiddle();
});
afterEach(() => work.controller.exit());

it('accepts what is proposed, shows the next image and proposes the same structure there', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  expect(work.model.canFollow).toEqual({ previous: true, next: true });
  await work.follow('next');
  expect(work.written('image-1')).toEqual([20]);
  expect(work.viewer.viewport.current).toBe(2);
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
  work.viewer.viewport.scroll(1);
  await work.follow('previous');
  await work.recommend(Array.from({ length: 40 }, (_, i) => i));
  expect(work.model.guidance).toBe('unlike');
  work.viewer.viewport.scroll(1);
  expect(work.model.guidance).toBe('elsewhere');
});

it('goes on from a mask that was accepted before on the image on show, in both directions', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.follow('next');
  await work.recommend([21]);
  await work.accept();
  work.viewer.viewport.scroll(1);
  expect(work.model).toMatchObject({ state: 'idle', canFollow: { previous: true, next: true } });
  await work.follow('previous');
  expect(work.viewer.viewport.current).toBe(0);
  expect(work.engine.last.input?.prompts).toEqual([{ kind: 'point', at: { x: 4, y: 2 }, positive: true }]);
});

it('has nothing to follow on an image on which nothing was accepted', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  work.viewer.viewport.scroll(0);
  expect(work.model.canFollow).toEqual(nowhere);
  const before = work.engine.asked.length;
  await work.follow('next');
  expect([work.viewer.viewport.current, work.engine.asked.length]).toEqual([0, before]);
});

it('follows nothing while a proposal is on its way', async () => {
  await work.click(4, 2);
  expect(work.model.canFollow).toEqual(nowhere);
  await work.recommend([20]);
  await work.click(5, 2);
  await work.follow('next');
  expect([work.viewer.viewport.current, work.written('image-1')]).toEqual([1, []]);
});

it('stays where it is if the mask cannot be written', async () => {
  work.viewer.segmentations.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
  work.viewer.segmentations.locked.add('own 1');
  await work.click(4, 2);
  await work.recommend([20]);
  await work.follow('next');
  expect(work.model.problem?.code).toBe('segment-locked');
  expect([work.viewer.viewport.current, work.model.recommended === null]).toEqual([1, false]);
});

it('brings a proposal that was paged away back before it accepts it', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  work.viewer.viewport.scroll(0);
  await work.follow('next');
  expect([work.viewer.viewport.current, work.written('image-1')]).toEqual([1, []]);
  await work.follow('next');
  expect([work.viewer.viewport.current, work.written('image-1')]).toEqual([2, [20]]);
});

it('lets a click that comes meanwhile go first', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  work.intents.follow('next');
  await work.click(1, 1);
  await work.done();
  expect(work.viewer.viewport.current).toBe(1);
  expect(work.engine.last.input?.prompts).toEqual([{ kind: 'point', at: { x: 1, y: 1 }, positive: true }]);
});

it('does not follow a mask that was taken back', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  work.viewer.viewport.scroll(0);
  work.viewer.history.undo();
  await work.done();
  work.viewer.viewport.scroll(1);
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
  expect(work.viewer.viewport.current).toBe(1);
  await work.recommend([20, 21, 28]);
  await work.accept();
  expect(work.written('image-1')).toEqual([20, 21, 28]);
});

it('goes on from what is in the segment after the mode was left and entered again', async () => {
  await work.click(4, 2);
  await work.recommend([20, 21]);
  await work.accept();
  await work.enterAnew();
  work.viewer.viewport.scroll(1);
  expect(work.model.canFollow).toEqual({ previous: true, next: true });
  await work.follow('next');
  expect(work.engine.last).toMatchObject({ what: 'propose', input: { followed: { area: 2 } } });
});

it('goes on from the mask that was accepted first where the second one on that image was taken back', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  await work.click(2, 4);
  await work.recommend([34]);
  await work.accept();
  work.viewer.history.undo();
  work.intents.clear();
  await work.done();
  expect(work.written('image-1')).toEqual([20]);
  await work.follow('next');
  expect(work.engine.last.input?.prompts).toEqual([{ kind: 'point', at: { x: 4, y: 2 }, positive: true }]);
});

it('goes on to the same echo of the next place in a series with two at each', async () => {
  const positions = [
    [0, 0, 5],
    [0, 0, 5],
    [0, 0, 10],
  ];
  work.viewer.imageIds.forEach((imageId, i) =>
    work.viewer.metadata.set(`instance ${imageId}`, {
      ...work.viewer.metadata.get(`instance ${imageId}`),
      ImagePositionPatient: positions[i],
    }),
  );
  work.viewer.viewport.scroll(0);
  await work.click(4, 2);
  await work.recommend([20]);
  expect(work.model.canFollow).toEqual({ previous: false, next: true });
  await work.follow('next');
  expect(work.viewer.viewport.current).toBe(2);
});
