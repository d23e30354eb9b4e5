/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { bringBack } from '../../../extension/src/ohif/controller/sight';
import { VIEWPORT } from '../fake-viewer/viewport';
import { settled } from './fake-engine';
import { Workplace } from './workplace';

let work: Workplace;

const shown = () => work.viewer.viewport.getCurrentImageId();
const press = (key: string): void => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
};

/** A proposal on the first image, with two candidates. */
beforeEach(async () => {
  work = new Workplace();
  await work.loaded();
  await work.propose();
});

afterEach(() => work.controller.exit());

it('says that a proposal is on another image while one is shown, and no longer when it is back', () => {
  expect(work.model).toMatchObject({ guidance: 'answer', canAccept: true, canChoose: true });
  work.viewer.viewport.scroll(1);
  expect(work.model).toMatchObject({ state: 'proposing', guidance: 'elsewhere', canAccept: true });
  work.viewer.viewport.scroll(0);
  expect(work.model.guidance).toBe('answer');
});

it.each([
  ['the key', () => press('Enter')],
  ['the button', () => work.intents.accept()],
])('shows a proposal that was paged away before %s accepts it', async (_, accept) => {
  work.viewer.viewport.scroll(2);
  accept();
  await work.done();
  expect(work.viewer.history.memos).toHaveLength(0);
  expect(shown()).toBe('image-0');
  expect(work.overlays).toHaveLength(3);
  expect(work.model).toMatchObject({ state: 'proposing', guidance: 'answer' });
  accept();
  await work.done();
  expect(work.viewer.history.memos).toHaveLength(1);
  expect(work.model.guidance).toBe('accepted');
});

it.each([
  ['the key', () => press('2')],
  ['the card', () => work.intents.choose(1)],
])('shows a proposal that was paged away before %s chooses of it', async (_, choose) => {
  work.viewer.viewport.scroll(2);
  const asked = work.engine.asked.length;
  choose();
  await work.done();
  expect(work.engine.asked).toHaveLength(asked);
  expect(shown()).toBe('image-0');
  choose();
  await settled();
  expect(work.engine.last).toMatchObject({ what: 'answer', answers: [{ kind: 'choose', candidate: 1 }] });
});

it('accepts nothing while the viewer is still loading the image that is paged to', async () => {
  work.viewer.viewport.element.dispatchEvent(new CustomEvent('pre'));
  expect(work.overlays).toEqual([]);
  press('Enter');
  await work.done();
  expect(work.viewer.history.memos).toHaveLength(0);
});

it('writes nothing while the image that was paged away is still on its way back, however often Enter is pressed', async () => {
  work.viewer.viewport.scroll(1);
  const arrive = work.slowly();
  work.viewer.segmentations.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
  work.intents.accept();
  await settled();
  // Something else happens in the viewer: what the panel says of it is told anew.
  const detail = { element: new EventTarget(), viewportId: 'other' };
  work.viewer.host.cornerstone.eventTarget.dispatchEvent(new CustomEvent('disabled', { detail }));
  await settled();
  await work.accept();
  expect([work.model.state, work.written('image-0')]).toEqual(['proposing', []]);
  await arrive();
  await work.accept();
  expect([work.model.state, work.written('image-0')]).toEqual(['idle', [20]]);
  expect(work.segmentations).toHaveLength(1);
});

it('leaves the user where they paged to while the mask is being written, whatever is pressed', async () => {
  work.intents.accept();
  work.viewer.viewport.scroll(1);
  work.intents.accept();
  work.intents.choose(0);
  work.intents.follow('next');
  await work.done();
  expect([work.viewer.viewport.current, work.model.state]).toEqual([1, 'idle']);
});

it('accepts after the mode was left, and entered again, while an image was on its way back that never came', async () => {
  work.viewer.viewport.scroll(2);
  work.viewer.viewport.setImageIdIndex = index => {
    work.viewer.viewport.current = index;
    return new Promise(() => undefined);
  };
  await work.accept();
  await work.enterAnew();
  await work.propose();
  await work.accept();
  expect(work.viewer.history.memos).toHaveLength(1);
});

it('tells nothing of an image that cannot be shown again once the mode was left', async () => {
  work.viewer.viewport.scroll(2);
  let fail = (): void => undefined;
  work.viewer.viewport.setImageIdIndex = () =>
    new Promise((_, reject) => {
      fail = () => reject(new Error('404'));
    });
  work.intents.accept();
  await work.enterAnew();
  fail();
  await work.done();
  expect(work.model.problem).toBeNull();
});

it('says why when the image cannot be shown again', async () => {
  work.viewer.viewport.scroll(2);
  work.viewer.viewport.setImageIdIndex = () => Promise.reject(new Error('404'));
  await work.accept();
  expect(work.model.problem).toMatchObject({
    code: 'pixels-unreadable',
    message: expect.stringContaining('404'),
  });
  expect(work.viewer.history.memos).toHaveLength(0);
});

it('accepts nothing of an image that could not be loaded again, and asks for it at the next press', async () => {
  work.viewer.viewport.scroll(2);
  const page = work.viewer.viewport.setImageIdIndex;
  work.cannotLoad('image-0');
  await work.accept();
  expect(work.model.problem?.code).toBe('pixels-unreadable');
  expect(shown()).toBe('image-2');
  await work.accept();
  expect(work.viewer.history.memos).toHaveLength(0);
  Object.assign(work.viewer.viewport, { setImageIdIndex: page });
  await work.accept();
  expect([shown(), work.model.guidance]).toEqual(['image-0', 'answer']);
});

const waysToLose: readonly (readonly [string, () => void])[] = [
  ['another series took its place', () => work.viewer.viewport.open(['other-0', 'other-1'])],
  ['its viewport was closed', () => work.viewer.viewport.close()],
  [
    'its viewport reconstructs planes',
    () => {
      work.viewer.viewport.type = 'orthographic';
      work.viewer.viewport.scroll(0);
    },
  ],
];

it.each(waysToLose)('does not accept or choose where no stack has the image: %s', async (_, lose) => {
  lose();
  await settled();
  expect(work.model).toMatchObject({
    guidance: 'nowhere',
    canAccept: false,
    canChoose: false,
    canClear: true,
  });
  const asked = work.engine.asked.length;
  press('Enter');
  press('1');
  work.intents.accept();
  work.intents.choose(0);
  await work.done();
  expect(work.viewer.history.memos).toHaveLength(0);
  expect(work.engine.asked).toHaveLength(asked);
  expect(work.model.problem).toBeNull();
});

it('discards a proposal of a series that is gone by Clear', () => {
  work.viewer.viewport.open(['other-0']);
  work.intents.clear();
  expect(work.model).toMatchObject({ state: 'idle', round: 0, guidance: 'click-structure' });
});

it('goes on with a proposal whose series is opened again', async () => {
  work.viewer.viewport.open(['other-0']);
  work.viewer.viewport.open(work.viewer.imageIds, 1);
  expect(work.model).toMatchObject({ guidance: 'elsewhere', canAccept: true });
  await work.accept();
  expect(work.model.guidance).toBe('answer');
});

it('shows the image in another viewport that has its series, where its own is gone', async () => {
  const other = { ...work.viewer.viewport, type: 'stack', id: 'other' };
  work.viewer.viewport.scroll(2);
  work.viewer.host.viewport = id => (id === 'other' ? other : null);
  work.viewer.host.cornerstone.getEnabledElements = () => [{ viewport: other }];
  const back = bringBack(work.viewer.host, { viewportId: VIEWPORT, imageId: 'image-1' });
  await back?.shown;
  expect(back?.place).toEqual({ viewportId: 'other', imageId: 'image-1' });
  expect(shown()).toBe('image-1');
});
