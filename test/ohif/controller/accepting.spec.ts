/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { CornerstoneImage } from '../../../extension/src/ohif/host/cornerstone-types';
import { Workplace } from './workplace';

let work: Workplace;

beforeEach(async () => {
  work = new Workplace();
  await work.loaded();
});
afterEach(() => work.controller.exit());

it('accepts into the viewer’s segmentation and clears the slice', async () => {
  await work.propose();
  await work.accept();
  expect(work.written('image-0')).toEqual([20]);
  expect(work.overlays).toEqual([]);
  expect(work.model).toMatchObject({ state: 'idle', guidance: 'accepted', canExport: true });
  const target = { segmentation: 'SPA segmentation', segment: 'Segment 1', isHidden: false };
  expect(work.model.target).toEqual(target);
});

it('names where the next mask of the image on show goes, not where the last one of another series went', async () => {
  await work.propose();
  await work.accept();
  work.viewer.images.set('other', { ...work.viewer.images.get('image-0') } as CornerstoneImage);
  work.viewer.viewport.open(['other']);
  expect(work.model.target).toBeNull();
  work.viewer.viewport.open(work.viewer.imageIds);
  expect(work.model.target).not.toBeNull();
});

it('takes back clicks before anything of the host’s history', async () => {
  await work.propose();
  await work.accept();
  await work.propose();
  work.intents.undo();
  expect(work.model).toMatchObject({ round: 0, canRedo: true });
  expect(work.written('image-0')).toEqual([20]);
});

it('brings the proposal back with the mask that is taken back, and accepts it again with it', async () => {
  await work.propose();
  await work.accept();
  expect(work.model).toMatchObject({ round: 0, guidance: 'accepted', preference: { answers: 1 } });
  expect(work.model).toMatchObject({ canUndo: true, canRedo: false, canClear: false });
  work.intents.undo();
  expect(work.written('image-0')).toEqual([]);
  expect(work.model).toMatchObject({
    state: 'proposing',
    round: 1,
    preference: { answers: 0 },
    canRedo: true,
  });
  work.frames.all();
  expect(work.overlays).toContain('spa-overlay:recommended');
  work.intents.redo();
  expect(work.written('image-0')).toEqual([20]);
  expect(work.model).toMatchObject({ round: 0, guidance: 'accepted', preference: { answers: 1 } });
});

it('accepts once, however often it is asked meanwhile', async () => {
  await work.propose();
  work.intents.accept();
  await work.accept();
  expect(work.viewer.history.memos).toHaveLength(1);
});

it('takes a click that comes while the mask is written for one on the next structure', async () => {
  await work.propose();
  work.intents.accept();
  await work.click(1, 1);
  work.intents.undo();
  await work.accept();
  expect(work.written('image-0')).toEqual([20]);
  expect(work.engine.last).toMatchObject({ what: 'propose', input: { prompts: [{ at: { x: 1, y: 1 } }] } });
});
