/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { FakeViewer } from '../fake-viewer/viewer';
import { Workplace } from './workplace';

let work: Workplace;
let layOut: () => void;

/** A proposal on the first image, in a viewer that tells of its layout. */
beforeEach(async () => {
  const viewer = new FakeViewer();
  const listeners = new Set<(detail: unknown) => void>();
  layOut = () => listeners.forEach(listener => listener({}));
  Object.assign(viewer.host.services.viewportGridService, {
    EVENTS: { LAYOUT_CHANGED: 'layout changed' },
    subscribe: (_: string, listener: () => void) => {
      listeners.add(listener);
      return { unsubscribe: () => listeners.delete(listener) };
    },
  });
  work = new Workplace(viewer);
  await work.loaded();
  await work.propose();
});

afterEach(() => {
  work.controller.exit();
  layOut();
});

/** The `detail`th press of the mouse in a row; the first is a click at once. */
async function press(detail: 1 | 2): Promise<void> {
  work.viewer.viewport.element.dispatchEvent(new MouseEvent('mousedown', { detail }));
  if (detail === 1) await work.click(1, 1);
}

it('leaves a proposal as it was when its viewport is maximised by a double click', async () => {
  await press(1);
  await press(2);
  expect(work.model.state).toBe('working');
  layOut();
  expect(work.model).toMatchObject({ state: 'proposing', round: 1, canRedo: false, guidance: 'answer' });
});

it('does so as well where the proposal that the first press asked for has come already', async () => {
  await press(1);
  await work.recommend([30]);
  await press(2);
  layOut();
  expect(work.model).toMatchObject({ state: 'proposing', round: 1, canRedo: false });
});

it('leaves the proposal of another image as it was', async () => {
  work.viewer.viewport.scroll(1);
  await press(1);
  await press(2);
  layOut();
  expect(work.model).toMatchObject({ state: 'proposing', round: 1, guidance: 'elsewhere' });
  work.viewer.viewport.scroll(0);
  expect(work.model.guidance).toBe('answer');
});

it('says nothing of a plane that cannot be segmented where a double click maximises it', async () => {
  work.viewer.viewport.type = 'orthographic';
  await press(1);
  expect(work.model.problem?.code).toBe('plane-unsupported');
  await press(2);
  layOut();
  expect(work.model.problem).toBeNull();
});

it('takes a click for one where the layout changes without a double click', async () => {
  await press(1);
  layOut();
  expect(work.model.state).toBe('working');
});

it('takes the first press of a double click for a click where the viewer does nothing with it', async () => {
  await press(1);
  await press(2);
  await press(1);
  layOut();
  expect(work.model.state).toBe('working');
});
