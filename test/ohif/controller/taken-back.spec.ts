/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { settled } from './fake-engine';
import { Workplace } from './workplace';

let work: Workplace;

beforeEach(async () => {
  work = new Workplace();
  await work.loaded();
  work.viewer.viewport.scroll(1);
});

afterEach(() => work.controller.exit());

/** A mask is accepted on the second image, and what followed from it on the third is taken back. */
async function acceptAndDiscardBeside(): Promise<void> {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.follow('next');
  await work.recommend([21]);
  work.intents.undo();
  await work.done();
}

it('comes back, by Undo, to the image on which a mask is taken back, with its proposal, and Redo accepts it again', async () => {
  await acceptAndDiscardBeside();
  expect([work.viewer.viewport.current, work.model.state]).toEqual([2, 'idle']);
  work.intents.undo();
  await work.done();
  expect(work.written('image-1')).toEqual([]);
  expect([work.viewer.viewport.current, work.model.state, work.model.guidance]).toEqual([
    1,
    'proposing',
    'answer',
  ]);
  work.intents.redo();
  await work.done();
  expect([work.viewer.viewport.current, work.model.state]).toEqual([1, 'idle']);
  expect(work.written('image-1')).toEqual([20]);
});

it('shows by Undo the proposal of a mask on the image to which the user has paged back after work on another one', async () => {
  await acceptAndDiscardBeside();
  work.viewer.viewport.scroll(1);
  work.intents.undo();
  await work.done();
  expect(work.written('image-1')).toEqual([]);
  expect([work.viewer.viewport.current, work.model.state, work.model.guidance]).toEqual([
    1,
    'proposing',
    'answer',
  ]);
  work.intents.redo();
  await work.done();
  expect([work.written('image-1'), work.model.guidance]).toEqual([[20], 'accepted']);
});

it('says no longer that the image is loading once what was taken back is proposed there', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  work.viewer.viewport.scroll(0);
  const arrive = work.slowly();
  work.viewer.history.undo();
  await work.click(1, 1);
  expect(work.model.problem?.code).toBe('pixels-unreadable');
  await arrive();
  expect(work.model).toMatchObject({ state: 'proposing', problem: null });
});

it('tells nothing of an image that does not come back once the mode was left', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  work.viewer.viewport.scroll(0);
  let fail = (): void => undefined;
  work.viewer.viewport.setImageIdIndex = () =>
    new Promise((_, reject) => {
      fail = () => reject(new Error('HTTP 404'));
    });
  work.viewer.history.undo();
  await work.enterAnew();
  fail();
  await work.done();
  expect(work.model.problem).toBeNull();
});

it('leaves the user where they are when a mask elsewhere is taken back during other work', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
  work.viewer.viewport.scroll(0);
  await work.click(1, 1);
  await work.recommend([9]);
  work.viewer.history.undo();
  await work.done();
  expect(work.written('image-1')).toEqual([]);
  expect([work.viewer.viewport.current, work.model.state]).toEqual([0, 'proposing']);
});

it('gives the accepted mask back by Redo when it was undone after the proposal that followed it', async () => {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.follow('next');
  work.intents.forget();
  await settled();
  await work.recommend([21]);
  work.intents.undo();
  work.intents.undo();
  await work.done();
  expect(work.written('image-1')).toEqual([]);
  work.intents.redo();
  await work.done();
  expect(work.written('image-1')).toEqual([20]);
});
