/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
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

async function click(x: number, y: number): Promise<void> {
  controller.place(VIEWPORT, { kind: 'point', at: { x, y }, positive: true });
  await settled();
}

/** Clicks, and has the mask of pixel 20 accepted on the image that is shown. */
async function acceptOne(): Promise<void> {
  await click(4, 2);
  await engine.respond(round(engine.last.input, [20]));
  frames.all();
  intents().accept();
  await done(frames);
}

const ownSegmentations = () =>
  [...viewer.segmentations.values()].filter(
    ({ segmentationId }) => !segmentationId.startsWith('spa-overlay:'),
  );

/** Whether the mask that was accepted on the first image is there. */
function isWritten(): boolean {
  const labelmaps = ownSegmentations().flatMap(each => each.representationData.Labelmap?.imageIds ?? []);
  const labelmap = labelmaps.find(id => viewer.images.get(id)?.referencedImageId === 'image-0');
  return labelmap !== undefined && viewer.labels(labelmap)[20] === 1;
}

/** As the viewer binds it: to its command, on the document. */
const hotkeys = (event: KeyboardEvent): void => {
  if (event.ctrlKey) viewer.commands.get(event.key === 'z' ? 'undo' : 'redo')?.commandFn({});
};
const press = (key: 'z' | 'y'): void => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, cancelable: true }));
};

const waysToUndo: readonly (readonly [string, () => void])[] = [
  ['the panel’s button', () => intents().undo()],
  ['the key', () => press('z')],
  ['the viewer’s command', () => void viewer.commands.get('undo')?.commandFn({})],
];
const waysToRedo: readonly (readonly [string, () => void])[] = [
  ['the panel’s button', () => intents().redo()],
  ['the key', () => press('y')],
  ['the viewer’s command', () => void viewer.commands.get('redo')?.commandFn({})],
];

beforeEach(async () => {
  viewer = new FakeViewer();
  viewer.commands.set('undo', { commandFn: () => viewer.undo() });
  viewer.commands.set('redo', { commandFn: () => viewer.redo() });
  engine = new FakeEngine();
  frames = new Frames();
  controller = controllerOn(viewer, engine, frames);
  document.addEventListener('keydown', hotkeys);
  await engine.respond(bundle);
});

afterEach(() => {
  document.removeEventListener('keydown', hotkeys);
  controller.exit();
});

it.each(waysToUndo)(
  'takes back a click whose first masks are being computed, and no mask of another slice, by %s',
  async (_, undo) => {
    await acceptOne();
    viewer.scroll(1);
    await click(2, 2);
    expect(model()).toMatchObject({ state: 'working', canUndo: true });
    undo();
    expect(model()).toMatchObject({ state: 'idle', round: 0 });
    expect(engine.last.signal?.aborted).toBe(true);
    expect(isWritten()).toBe(true);
  },
);

it.each(waysToRedo)(
  'makes no mask again on another slice while the first masks are computed, by %s',
  async (_, redo) => {
    await acceptOne();
    intents().undo();
    intents().clear();
    viewer.scroll(1);
    await click(2, 2);
    expect(model()).toMatchObject({ state: 'working', canRedo: false });
    redo();
    expect(model().state).toBe('working');
    expect(engine.last.signal?.aborted).toBe(false);
    expect(isWritten()).toBe(false);
  },
);

it.each(waysToRedo)(
  'makes a mask that was taken back not again while it is being corrected, by %s',
  async (_, redo) => {
    await acceptOne();
    intents().undo();
    await click(2, 2);
    expect(model()).toMatchObject({ state: 'working', canRedo: false });
    redo();
    expect(model().state).toBe('working');
    expect(isWritten()).toBe(false);
  },
);

it('takes back the accepted mask once the click after it is taken back', async () => {
  await acceptOne();
  viewer.scroll(1);
  await click(2, 2);
  press('z');
  press('z');
  expect(isWritten()).toBe(false);
});

it('unlearns nothing when the viewer’s history is stepped back into a study that was left', async () => {
  await acceptOne();
  controller.exit();
  controller.enter();
  await engine.respond(bundle);
  expect(model().preference?.answers).toBe(1);
  intents().undo();
  expect(model().preference?.answers).toBe(1);
});

it('restores and unlearns nothing of a segmentation that the viewer has dropped', async () => {
  await acceptOne();
  for (const { segmentationId } of ownSegmentations()) viewer.segmentations.delete(segmentationId);
  const told = viewer.dataModified.length;
  press('z');
  press('y');
  expect(model()).toMatchObject({ state: 'idle', preference: { answers: 1 } });
  expect(viewer.dataModified).toHaveLength(told);
});
