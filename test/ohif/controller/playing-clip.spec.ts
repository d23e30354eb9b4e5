/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Workplace } from './workplace';

let work: Workplace;

const isStopped = (): boolean => !work.viewer.cine.isButtonDown && !work.viewer.cine.isRunning;

beforeEach(async () => {
  work = await Workplace.inTheMiddle();
});

afterEach(() => work.controller.exit());

it('stops a clip at the image that is clicked', async () => {
  work.viewer.cine.play();
  await work.propose();
  expect(isStopped()).toBe(true);
  expect(work.model).toMatchObject({ state: 'proposing', guidance: 'answer' });
});

it('lets a clip play on for a click beside the image, which nothing follows from', async () => {
  work.viewer.cine.play();
  await work.click(-5, 2);
  expect(isStopped()).toBe(false);
});

it('stops a clip that went past the image of a proposal when that is brought back', async () => {
  await work.propose();
  work.viewer.cine.play();
  work.viewer.viewport.scroll(2);
  await work.accept();
  expect(isStopped()).toBe(true);
  expect(work.viewer.viewport.getCurrentImageId()).toBe('image-1');
});

it('stops a clip at the image to which a structure is followed', async () => {
  await work.propose();
  work.viewer.cine.play();
  await work.follow('next');
  expect(isStopped()).toBe(true);
});

it('works in a viewer without a player', async () => {
  work.viewer.hasPlayer = false;
  await work.propose();
  expect(work.model.state).toBe('proposing');
});
