/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { bringBack } from '../../../extension/src/ohif/controller/sight';
import type { SpaController } from '../../../extension/src/ohif/controller/spa-controller';
import type { PanelModel } from '../../../extension/src/panel/panel-model';
import { Frames } from '../frames';
import { FakeViewer, VIEWPORT } from '../fake-viewer';
import { controllerOn, done } from './controller-on';
import { bundle, FakeEngine, round, settled } from './fake-engine';

let viewer: FakeViewer;
let engine: FakeEngine;
let controller: SpaController;
let frames: Frames;

const model = (): PanelModel => controller.store.getSnapshot();
const intents = () => controller.store.intents;
const shown = () => viewer.viewport.getCurrentImageId();
const overlays = (): string[] => [...viewer.segmentations.keys()].filter(id => id.startsWith('spa-overlay:'));
const press = (key: string): void => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
};

/** A proposal on the first image, with two candidates. */
beforeEach(async () => {
  viewer = new FakeViewer();
  engine = new FakeEngine();
  frames = new Frames();
  controller = controllerOn(viewer, engine, frames);
  await engine.respond(bundle);
  controller.place(VIEWPORT, { kind: 'point', at: { x: 4, y: 2 }, positive: true });
  await settled();
  await engine.respond(round(engine.last.input, [20], [[21], [22]]));
  await done(frames);
});

afterEach(() => controller.exit());

it('says that a proposal is on another image while one is shown, and no longer when it is back', () => {
  expect(model()).toMatchObject({ guidance: 'answer', canAccept: true, canChoose: true });
  viewer.scroll(1);
  expect(model()).toMatchObject({ state: 'proposing', guidance: 'elsewhere', canAccept: true });
  viewer.scroll(0);
  expect(model().guidance).toBe('answer');
});

it.each([
  ['the key', () => press('Enter')],
  ['the button', () => intents().accept()],
])('shows a proposal that was paged away before %s accepts it', async (_, accept) => {
  viewer.scroll(2);
  accept();
  await done(frames);
  expect(viewer.memos).toHaveLength(0);
  expect(shown()).toBe('image-0');
  expect(overlays()).toHaveLength(3);
  expect(model()).toMatchObject({ state: 'proposing', guidance: 'answer' });
  accept();
  await done(frames);
  expect(viewer.memos).toHaveLength(1);
  expect(model().guidance).toBe('accepted');
});

it.each([
  ['the key', () => press('2')],
  ['the card', () => intents().choose(1)],
])('shows a proposal that was paged away before %s chooses of it', async (_, choose) => {
  viewer.scroll(2);
  const asked = engine.asked.length;
  choose();
  await done(frames);
  expect(engine.asked).toHaveLength(asked);
  expect(shown()).toBe('image-0');
  choose();
  await settled();
  expect(engine.last).toMatchObject({ what: 'answer', answers: [{ kind: 'choose', candidate: 1 }] });
});

it('accepts nothing while the viewer is still loading the image that is paged to', async () => {
  viewer.element.dispatchEvent(new CustomEvent('pre'));
  expect(overlays()).toEqual([]);
  press('Enter');
  await done(frames);
  expect(viewer.memos).toHaveLength(0);
});

it('accepts after the mode was left, and entered again, while an image was on its way back that never came', async () => {
  viewer.scroll(2);
  viewer.viewport.setImageIdIndex = index => {
    viewer.current = index;
    return new Promise(() => undefined);
  };
  intents().accept();
  await done(frames);
  controller.exit();
  controller.enter();
  await engine.respond(bundle);
  controller.place(VIEWPORT, { kind: 'point', at: { x: 4, y: 2 }, positive: true });
  await settled();
  await engine.respond(round(engine.last.input, [20]));
  intents().accept();
  await done(frames);
  expect(viewer.memos).toHaveLength(1);
});

it('tells nothing of an image that cannot be shown again once the mode was left', async () => {
  viewer.scroll(2);
  let fail = (): void => undefined;
  viewer.viewport.setImageIdIndex = () =>
    new Promise((_, reject) => {
      fail = () => reject(new Error('404'));
    });
  intents().accept();
  controller.exit();
  controller.enter();
  await engine.respond(bundle);
  fail();
  await done(frames);
  expect(model().problem).toBeNull();
});

it('says why when the image cannot be shown again', async () => {
  viewer.scroll(2);
  viewer.viewport.setImageIdIndex = () => Promise.reject(new Error('404'));
  intents().accept();
  await done(frames);
  expect(model().problem).toMatchObject({
    code: 'pixels-unreadable',
    message: expect.stringContaining('404'),
  });
  expect(viewer.memos).toHaveLength(0);
});

const waysToLose: readonly (readonly [string, () => void])[] = [
  ['another series took its place', () => viewer.open(['other-0', 'other-1'])],
  ['its viewport was closed', () => viewer.close()],
  [
    'its viewport reconstructs planes',
    () => {
      viewer.type = 'orthographic';
      viewer.scroll(0);
    },
  ],
];

it.each(waysToLose)('does not accept or choose where no stack has the image: %s', async (_, lose) => {
  lose();
  await settled();
  expect(model()).toMatchObject({ guidance: 'nowhere', canAccept: false, canChoose: false, canClear: true });
  const asked = engine.asked.length;
  press('Enter');
  press('1');
  intents().accept();
  intents().choose(0);
  await done(frames);
  expect(viewer.memos).toHaveLength(0);
  expect(engine.asked).toHaveLength(asked);
  expect(model().problem).toBeNull();
});

it('discards a proposal of a series that is gone by Clear', () => {
  viewer.open(['other-0']);
  intents().clear();
  expect(model()).toMatchObject({ state: 'idle', round: 0, guidance: 'click-structure' });
});

it('goes on with a proposal whose series is opened again', async () => {
  viewer.open(['other-0']);
  viewer.open(viewer.imageIds, 1);
  expect(model()).toMatchObject({ guidance: 'elsewhere', canAccept: true });
  intents().accept();
  await done(frames);
  expect(model().guidance).toBe('answer');
});

it('shows the image in another viewport that has its series, where its own is gone', async () => {
  const other = { ...viewer.viewport, type: 'stack', id: 'other' };
  viewer.scroll(2);
  viewer.host.viewport = id => (id === 'other' ? other : null);
  viewer.host.cornerstone.getEnabledElements = () => [{ viewport: other }];
  const back = bringBack(viewer.host, { viewportId: VIEWPORT, imageId: 'image-1' });
  await back?.shown;
  expect(back?.place).toEqual({ viewportId: 'other', imageId: 'image-1' });
  expect(shown()).toBe('image-1');
});
