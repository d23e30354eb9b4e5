/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { upright } from '../../../extension/src/core/image/orientation';
import { Workplace } from './workplace';

/** Turned by a quarter, clockwise. */
const turned = { alongRow: { x: 0, y: 1 }, alongColumn: { x: -1, y: 0 } };

let work: Workplace;

const turn = (): void => {
  work.viewer.viewport.worldToCanvas = ([x, y]) => [-10 * y, 10 * x];
};

beforeEach(async () => {
  work = new Workplace();
  await work.loaded();
});

afterEach(() => work.controller.exit());

it('lays the pictures on the cards as the slice lies on the screen', async () => {
  await work.propose();
  expect(work.model.orientation).toEqual(upright);
});

it('lays them so from the first on where the slice was turned before the click', async () => {
  turn();
  await work.click(4, 2);
  expect(work.model.orientation).toEqual(turned);
});

it('turns them with the slice, and leaves the pictures as they are', async () => {
  await work.propose();
  const { recommended } = work.model;
  turn();
  work.viewer.render();
  expect(work.model.orientation).toEqual(turned);
  expect(work.model.recommended?.thumbnail).toBe(recommended?.thumbnail);
});

it('does not mind how another image lies', async () => {
  await work.propose();
  work.viewer.viewport.scroll(1);
  turn();
  work.viewer.render();
  expect(work.model.orientation).toEqual(upright);
});

it('draws the pictures on the cards with low values bright while the slice is shown so', async () => {
  const pictures = () => work.model.candidates.map(({ thumbnail }) => thumbnail);
  await work.propose();
  const [asAcquired] = pictures();
  work.viewer.viewport.isInverted = true;
  work.viewer.render();
  const [inverted] = pictures();
  work.viewer.render();
  expect(pictures()[0]).toBe(inverted);
  const sum = (picture: typeof inverted) => picture?.rgba.reduce((total, value) => total + value, 0) ?? 0;
  expect(sum(inverted)).toBeGreaterThan(1.2 * sum(asAcquired));
  work.viewer.viewport.isInverted = false;
  work.viewer.render();
  expect(pictures()[0]?.rgba).toEqual(asAcquired?.rgba);
});
