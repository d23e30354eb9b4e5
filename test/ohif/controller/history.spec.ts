/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Workplace } from './workplace';

let work: Workplace;

/** Clicks, and has the mask of pixel 20 accepted on the image that is shown. */
async function acceptOne(): Promise<void> {
  await work.click(4, 2);
  await work.recommend([20]);
  await work.accept();
}

/** Whether the mask that was accepted on the first image is there. */
const isWritten = (): boolean => work.written('image-0').includes(20);

/** As the viewer binds it: to its command, on the document. */
const hotkeys = (event: KeyboardEvent): void => {
  if (event.ctrlKey) work.viewer.commands.get(event.key === 'z' ? 'undo' : 'redo')?.commandFn({});
};
const press = (key: 'z' | 'y'): void => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, cancelable: true }));
};

const waysToUndo: readonly (readonly [string, () => void])[] = [
  ['the panel’s button', () => work.intents.undo()],
  ['the key', () => press('z')],
  ['the viewer’s command', () => void work.viewer.commands.get('undo')?.commandFn({})],
];
const waysToRedo: readonly (readonly [string, () => void])[] = [
  ['the panel’s button', () => work.intents.redo()],
  ['the key', () => press('y')],
  ['the viewer’s command', () => void work.viewer.commands.get('redo')?.commandFn({})],
];

beforeEach(async () => {
  work = new Workplace();
  document.addEventListener('keydown', hotkeys);
  await work.loaded();
});

afterEach(() => {
  document.removeEventListener('keydown', hotkeys);
  work.controller.exit();
});

it.each(waysToUndo)(
  'takes back a click whose first masks are being computed, and no mask of another slice, by %s',
  async (_, undo) => {
    await acceptOne();
    work.viewer.viewport.scroll(1);
    await work.click(2, 2);
    expect(work.model).toMatchObject({ state: 'working', canUndo: true });
    undo();
    expect(work.model).toMatchObject({ state: 'idle', round: 0 });
    expect(work.engine.last.signal?.aborted).toBe(true);
    expect(isWritten()).toBe(true);
  },
);

it.each(waysToRedo)(
  'makes no mask again on another slice while the first masks are computed, by %s',
  async (_, redo) => {
    await acceptOne();
    work.intents.undo();
    work.intents.clear();
    work.viewer.viewport.scroll(1);
    await work.click(2, 2);
    expect(work.model).toMatchObject({ state: 'working', canRedo: false });
    redo();
    expect(work.model.state).toBe('working');
    expect(work.engine.last.signal?.aborted).toBe(false);
    expect(isWritten()).toBe(false);
  },
);

it.each(waysToRedo)(
  'makes a mask that was taken back not again while it is being corrected, by %s',
  async (_, redo) => {
    await acceptOne();
    work.intents.undo();
    await work.click(2, 2);
    expect(work.model).toMatchObject({ state: 'working', canRedo: false });
    redo();
    expect(work.model.state).toBe('working');
    expect(isWritten()).toBe(false);
  },
);

it('takes back the accepted mask once the click after it is taken back', async () => {
  await acceptOne();
  work.viewer.viewport.scroll(1);
  await work.click(2, 2);
  press('z');
  press('z');
  expect(isWritten()).toBe(false);
});

it('unlearns nothing when the viewer’s history is stepped back into a study that was left', async () => {
  await acceptOne();
  await work.enterAnew();
  expect(work.model.preference?.answers).toBe(1);
  work.intents.undo();
  expect(work.model.preference?.answers).toBe(1);
});

it('restores and unlearns nothing of a segmentation that the viewer has dropped', async () => {
  await acceptOne();
  for (const { segmentationId } of work.segmentations) work.viewer.segmentations.delete(segmentationId);
  const told = work.viewer.segmentations.dataModified.length;
  press('z');
  press('y');
  expect(work.model).toMatchObject({ state: 'idle', preference: { answers: 1 } });
  expect(work.viewer.segmentations.dataModified).toHaveLength(told);
});
