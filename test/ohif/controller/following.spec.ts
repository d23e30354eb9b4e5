/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { CornerstoneImage, Segmentation } from '../../../extension/src/ohif/host/cornerstone-types';
import type { SpaController } from '../../../extension/src/ohif/controller/spa-controller';
import type { PanelModel } from '../../../extension/src/panel/panel-model';
import { Frames } from '../frames';
import { FakeViewer, HEIGHT, VIEWPORT, WIDTH } from '../fake-viewer';
import { controllerOn, done } from './controller-on';
import { bundle, FakeEngine, round, settled } from './fake-engine';

let viewer: FakeViewer;
let engine: FakeEngine;
let controller: SpaController;
let frames: Frames;

const model = (): PanelModel => controller.store.getSnapshot();
const intents = () => controller.store.intents;
const nowhere = { previous: false, next: false };

async function click(x: number, y: number): Promise<void> {
  controller.place(VIEWPORT, { kind: 'point', at: { x, y }, positive: true });
  await settled();
}

/** The engine recommends these pixels for the request on its way. */
async function recommend(...pixels: number[]): Promise<void> {
  await engine.respond(round(engine.last.input, pixels));
  frames.all();
}

async function follow(direction: 'previous' | 'next'): Promise<void> {
  intents().follow(direction);
  await done(frames);
}

function ownSegmentations(): Segmentation[] {
  return [...viewer.segmentations.values()].filter(
    ({ segmentationId }) => !segmentationId.startsWith('spa-overlay:'),
  );
}

/** Pixels that are labelled on an image in the viewer's own segmentation. */
function written(imageId: string): number[] {
  const labelmap = ownSegmentations()
    .flatMap(each => each.representationData.Labelmap?.imageIds ?? [])
    .find(id => viewer.images.get(id)?.referencedImageId === imageId);
  return labelmap === undefined ? [] : viewer.labels(labelmap).flatMap((label, i) => (label > 0 ? [i] : []));
}

/** As over a slow network: the viewer names an image as shown before it has it. Returns what brings it. */
function slowly(): () => Promise<void> {
  let arrive = (): void => undefined;
  viewer.viewport.setImageIdIndex = index =>
    new Promise<void>(resolve => {
      const imageId = viewer.imageIds[index] ?? '';
      const image = viewer.images.get(imageId) as CornerstoneImage;
      viewer.images.delete(imageId);
      viewer.current = index;
      arrive = () => {
        viewer.images.set(imageId, image);
        if (viewer.current === index) viewer.scroll(index);
        resolve();
      };
    });
  return () => {
    arrive();
    return done(frames);
  };
}

beforeEach(async () => {
  viewer = new FakeViewer();
  engine = new FakeEngine();
  frames = new Frames();
  controller = controllerOn(viewer, engine, frames);
  await engine.respond(bundle);
  viewer.scroll(1);
});

afterEach(() => controller.exit());

it('accepts what is proposed, shows the next image and proposes the same structure there', async () => {
  await click(4, 2);
  await recommend(20);
  expect(model().canFollow).toEqual({ previous: true, next: true });
  await follow('next');
  expect(written('image-1')).toEqual([20]);
  expect(viewer.current).toBe(2);
  expect(engine.last).toMatchObject({
    what: 'propose',
    input: {
      prompts: [{ kind: 'point', at: { x: 4, y: 2 }, positive: true }],
      followed: { area: 1 },
    },
  });
  expect(engine.last.slice?.key).toContain('image-2');
  await recommend(21);
  expect(model()).toMatchObject({ state: 'proposing', canFollow: { previous: true, next: false } });
});

it('says so where the mask is little like the one on the image before, until it is answered', async () => {
  await click(4, 2);
  await recommend(20, 21, 28, 29);
  await follow('next');
  await recommend(20, 21, 28, 29, 30);
  expect(model().guidance).toBe('answer');
  intents().undo();
  intents().clear();
  viewer.scroll(1);
  await follow('previous');
  await recommend(...Array.from({ length: 40 }, (_, i) => i));
  expect(model().guidance).toBe('unlike');
  viewer.scroll(1);
  expect(model().guidance).toBe('elsewhere');
});

it('goes on from a mask that was accepted before on the image on show, in both directions', async () => {
  await click(4, 2);
  await recommend(20);
  await follow('next');
  await recommend(21);
  intents().accept();
  await done(frames);
  viewer.scroll(1);
  expect(model()).toMatchObject({ state: 'idle', canFollow: { previous: true, next: true } });
  await follow('previous');
  expect(viewer.current).toBe(0);
  expect(engine.last.input?.prompts).toEqual([{ kind: 'point', at: { x: 4, y: 2 }, positive: true }]);
});

it('has nothing to follow on an image on which nothing was accepted', async () => {
  await click(4, 2);
  await recommend(20);
  intents().accept();
  await done(frames);
  viewer.scroll(0);
  expect(model().canFollow).toEqual(nowhere);
  const before = engine.asked.length;
  await follow('next');
  expect([viewer.current, engine.asked.length]).toEqual([0, before]);
});

it('follows nothing while a proposal is on its way', async () => {
  await click(4, 2);
  expect(model().canFollow).toEqual(nowhere);
  await recommend(20);
  await click(5, 2);
  await follow('next');
  expect([viewer.current, written('image-1')]).toEqual([1, []]);
});

it('stays where it is if the mask cannot be written', async () => {
  viewer.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
  viewer.locked.add('own 1');
  await click(4, 2);
  await recommend(20);
  await follow('next');
  expect(model().problem?.code).toBe('segment-locked');
  expect([viewer.current, model().recommended === null]).toEqual([1, false]);
});

it('brings a proposal that was paged away back before it accepts it', async () => {
  await click(4, 2);
  await recommend(20);
  viewer.scroll(0);
  await follow('next');
  expect([viewer.current, written('image-1')]).toEqual([1, []]);
  await follow('next');
  expect([viewer.current, written('image-1')]).toEqual([2, [20]]);
});

it('lets a click that comes meanwhile go first', async () => {
  await click(4, 2);
  await recommend(20);
  intents().follow('next');
  await click(1, 1);
  await done(frames);
  expect(viewer.current).toBe(1);
  expect(engine.last.input?.prompts).toEqual([{ kind: 'point', at: { x: 1, y: 1 }, positive: true }]);
});

it('does not follow a mask that was taken back', async () => {
  await click(4, 2);
  await recommend(20);
  intents().accept();
  await done(frames);
  viewer.scroll(0);
  viewer.undo();
  await done(frames);
  viewer.scroll(1);
  expect(model().canFollow).toEqual({ previous: true, next: true });
  // What was taken back is proposed again there, and it is that which would be followed.
  intents().clear();
  await done(frames);
  expect(model().canFollow).toEqual(nowhere);
});

it('comes back, by Undo, to the image on which a mask is taken back, with its proposal, and Redo accepts it again', async () => {
  viewer.commands.set('undo', { commandFn: () => viewer.undo() });
  viewer.commands.set('redo', { commandFn: () => viewer.redo() });
  await click(4, 2);
  await recommend(20);
  await follow('next');
  await recommend(21);
  intents().undo();
  await done(frames);
  expect([viewer.current, model().state]).toEqual([2, 'idle']);
  intents().undo();
  await done(frames);
  expect(written('image-1')).toEqual([]);
  expect([viewer.current, model().state, model().guidance]).toEqual([1, 'proposing', 'answer']);
  intents().redo();
  await done(frames);
  expect([viewer.current, model().state]).toEqual([1, 'idle']);
  expect(written('image-1')).toEqual([20]);
});

it('shows by Undo the proposal of a mask on the image to which the user has paged back after work on another one', async () => {
  viewer.commands.set('undo', { commandFn: () => viewer.undo() });
  viewer.commands.set('redo', { commandFn: () => viewer.redo() });
  await click(4, 2);
  await recommend(20);
  await follow('next');
  await recommend(21);
  intents().undo();
  await done(frames);
  viewer.scroll(1);
  intents().undo();
  await done(frames);
  expect(written('image-1')).toEqual([]);
  expect([viewer.current, model().state, model().guidance]).toEqual([1, 'proposing', 'answer']);
  intents().redo();
  await done(frames);
  expect([written('image-1'), model().guidance]).toEqual([[20], 'accepted']);
});

it('says no longer that the image is loading once what was taken back is proposed there', async () => {
  await click(4, 2);
  await recommend(20);
  intents().accept();
  await done(frames);
  viewer.scroll(0);
  const arrive = slowly();
  viewer.undo();
  await click(1, 1);
  expect(model().problem?.code).toBe('pixels-unreadable');
  await arrive();
  expect(model()).toMatchObject({ state: 'proposing', problem: null });
});

it('tells nothing of an image that does not come back once the mode was left', async () => {
  await click(4, 2);
  await recommend(20);
  intents().accept();
  await done(frames);
  viewer.scroll(0);
  let fail = (): void => undefined;
  viewer.viewport.setImageIdIndex = () =>
    new Promise((_, reject) => {
      fail = () => reject(new Error('HTTP 404'));
    });
  viewer.undo();
  controller.exit();
  controller.enter();
  await engine.respond(bundle);
  fail();
  await done(frames);
  expect(model().problem).toBeNull();
});

it('leaves the user where they are when a mask elsewhere is taken back during other work', async () => {
  await click(4, 2);
  await recommend(20);
  intents().accept();
  await done(frames);
  viewer.scroll(0);
  await click(1, 1);
  await recommend(9);
  viewer.undo();
  await done(frames);
  expect(written('image-1')).toEqual([]);
  expect([viewer.current, model().state]).toEqual([0, 'proposing']);
});

it('draws the structure anew on an image on which it was accepted before', async () => {
  await click(4, 2);
  await recommend(20, 21, 28, 29);
  await follow('next');
  await recommend(20, 21);
  await follow('previous');
  expect(viewer.current).toBe(1);
  await recommend(20, 21, 28);
  intents().accept();
  await done(frames);
  expect(written('image-1')).toEqual([20, 21, 28]);
});

it('says so where the next image has another size', async () => {
  const image = viewer.images.get('image-2') as CornerstoneImage;
  viewer.images.set('image-2', {
    ...image,
    rows: HEIGHT + 1,
    columns: WIDTH,
    getPixelData: () => new Int16Array(WIDTH * (HEIGHT + 1)),
    voxelManager: { getScalarData: () => new Int16Array(WIDTH * (HEIGHT + 1)) },
  });
  await click(4, 2);
  await recommend(20);
  await follow('next');
  expect(model().problem?.code).toBe('follow-size');
  expect(written('image-1')).toEqual([20]);
});

it('says so where the next image cannot be loaded', async () => {
  await click(4, 2);
  await recommend(20);
  viewer.viewport.setImageIdIndex = () => Promise.reject(new Error('HTTP 404'));
  await follow('next');
  expect(model().problem).toMatchObject({ code: 'pixels-unreadable' });
  expect(model().problem?.message).toContain('HTTP 404');
});

it('waits for the next image where the viewport names it before it is loaded', async () => {
  await click(4, 2);
  await recommend(20);
  const image = viewer.images.get('image-2') as CornerstoneImage;
  viewer.images.delete('image-2');
  viewer.viewport.setImageIdIndex = async index => void (viewer.current = index);
  await follow('next');
  expect(model()).toMatchObject({ state: 'idle', problem: null });
  viewer.images.set('image-2', image);
  viewer.scroll(2);
  await done(frames);
  expect(engine.last).toMatchObject({ what: 'propose', input: { prompts: [{ at: { x: 4, y: 2 } }] } });
});

it('says so where such an image does not come', async () => {
  await click(4, 2);
  await recommend(20);
  viewer.images.delete('image-2');
  viewer.viewport.setImageIdIndex = async index => void (viewer.current = index);
  await follow('next');
  const failed = { imageId: 'image-2', error: new Error('HTTP 404') };
  viewer.host.cornerstone.eventTarget.dispatchEvent(new CustomEvent('load-failed', { detail: failed }));
  await done(frames);
  expect(model().problem).toMatchObject({ code: 'pixels-unreadable' });
  expect(model().problem?.message).toContain('HTTP 404');
});

it('has forgotten what was accepted once the mode was left', async () => {
  await click(4, 2);
  await recommend(20);
  intents().accept();
  await done(frames);
  controller.exit();
  controller.enter();
  await settled();
  viewer.scroll(1);
  expect(model().canFollow).toEqual(nowhere);
});

it('stays on the image to which the user pages while the mask is being written', async () => {
  await click(4, 2);
  await recommend(20);
  intents().follow('next');
  viewer.scroll(0);
  const before = engine.asked.length;
  await done(frames);
  expect(written('image-1')).toEqual([20]);
  expect([viewer.current, engine.asked.length]).toEqual([0, before]);
});

it('offers nothing to follow while the next image is on its way', async () => {
  await click(4, 2);
  await recommend(20);
  const arrive = slowly();
  await follow('next');
  expect(model()).toMatchObject({ state: 'idle', guidance: 'accepted', canFollow: nowhere });
  await arrive();
  expect(model().state).toBe('working');
});

it('says no longer that the image is loading once the structure is looked for there', async () => {
  await click(4, 2);
  await recommend(20);
  const arrive = slowly();
  await follow('next');
  await click(1, 1);
  expect(model().problem?.code).toBe('pixels-unreadable');
  await arrive();
  expect(model()).toMatchObject({ state: 'working', problem: null });
});

it('goes nowhere once the mode was left while the mask was being written', async () => {
  await click(4, 2);
  await recommend(20);
  intents().follow('next');
  controller.exit();
  await done(frames);
  expect([viewer.current, written('image-1')]).toEqual([1, [20]]);
  controller.enter();
  await settled();
  viewer.scroll(1);
  expect(model().canFollow).toEqual(nowhere);
});

it('looks for nothing once the mode was left while the next image was on its way', async () => {
  await click(4, 2);
  await recommend(20);
  const arrive = slowly();
  await follow('next');
  controller.exit();
  controller.enter();
  await engine.respond(bundle);
  const before = engine.asked.length;
  await arrive();
  expect([model().state, engine.asked.length]).toEqual(['idle', before]);
});

it('looks for nothing in a viewport that went away while the next image was on its way', async () => {
  await click(4, 2);
  await recommend(20);
  const arrive = slowly();
  await follow('next');
  viewer.close();
  const before = engine.asked.length;
  await arrive();
  expect([model().problem, engine.asked.length]).toEqual([null, before]);
});

it('goes on from the mask that was accepted first where the second one on that image was taken back', async () => {
  await click(4, 2);
  await recommend(20);
  intents().accept();
  await done(frames);
  await click(2, 4);
  await recommend(34);
  intents().accept();
  await done(frames);
  viewer.undo();
  intents().clear();
  await done(frames);
  expect(written('image-1')).toEqual([20]);
  await follow('next');
  expect(engine.last.input?.prompts).toEqual([{ kind: 'point', at: { x: 4, y: 2 }, positive: true }]);
});

it('follows nothing of a segmentation that was deleted', async () => {
  await click(4, 2);
  await recommend(20);
  intents().accept();
  await done(frames);
  for (const { segmentationId } of ownSegmentations()) viewer.removeSegmentation(segmentationId);
  viewer.scroll(1);
  expect(model().canFollow).toEqual(nowhere);
  await follow('next');
  expect(viewer.current).toBe(1);
});

it('follows nothing of a segment that was deleted', async () => {
  await click(4, 2);
  await recommend(20);
  intents().accept();
  await done(frames);
  for (const own of ownSegmentations()) {
    viewer.segmentations.set(own.segmentationId, { ...own, segments: {} });
  }
  viewer.scroll(1);
  expect(model().canFollow).toEqual(nowhere);
});

it('follows nothing of a segmentation that the viewport does not show', async () => {
  await click(4, 2);
  await recommend(20);
  intents().accept();
  await done(frames);
  viewer.representations = [];
  viewer.scroll(1);
  expect(model().canFollow).toEqual(nowhere);
});

it('gives the accepted mask back by Redo when it was undone after the proposal that followed it', async () => {
  viewer.commands.set('undo', { commandFn: () => viewer.undo() });
  viewer.commands.set('redo', { commandFn: () => viewer.redo() });
  await click(4, 2);
  await recommend(20);
  await follow('next');
  intents().forget();
  await settled();
  await recommend(21);
  intents().undo();
  intents().undo();
  await done(frames);
  expect(written('image-1')).toEqual([]);
  intents().redo();
  await done(frames);
  expect(written('image-1')).toEqual([20]);
});
