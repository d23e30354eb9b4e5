/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SpaError } from '../../../extension/src/core/error';
import { meaning } from '../../../extension/src/core/image/colours';
import type { Style } from '../../../extension/src/core/preference/preference';
import { WIDTH } from '../fake-viewer/images';
import { VIEWPORT } from '../fake-viewer/viewport';
import { bundle, round, settled } from './fake-engine';
import { Workplace } from './workplace';

let work: Workplace;

beforeEach(() => {
  work = new Workplace();
  work.viewer.metadata.set('generalSeriesModule image-0', { modality: 'CT' });
  work.engine.last.progress({ loadedBytes: 1, totalBytes: 2 });
});

afterEach(() => work.controller.exit());

it('shows the progress of the first load in bytes, then asks for a click', async () => {
  expect(work.model).toMatchObject({ state: 'loading', progress: { loadedBytes: 1, totalBytes: 2 } });
  await work.loaded();
  expect(work.model).toMatchObject({
    state: 'idle',
    guidance: 'click-structure',
    bundle: { name: 'default' },
  });
});

it('places a click that came before the model as soon as it is there', async () => {
  await work.click(4, 2);
  expect(work.engine.last.what).toBe('load');
  await work.loaded();
  await settled();
  expect(work.engine.last).toMatchObject({ what: 'propose', input: { prompts: [{ at: { x: 4, y: 2 } }] } });
});

it('forgets such a click if another image is shown by then', async () => {
  await work.click(4, 2);
  work.viewer.viewport.scroll(1);
  await work.loaded();
  expect(work.engine.last.what).toBe('load');
});

it('says ahead of Accept that the active segment is locked', async () => {
  await work.loaded();
  work.viewer.segmentations.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
  work.viewer.segmentations.locked.add('own 1');
  await work.propose();
  work.viewer.viewport.scroll(0);
  expect(work.model.target).toBe('locked');
});

it('says no longer that the active segment is locked once it is not, and accepts into it', async () => {
  await work.loaded();
  work.viewer.segmentations.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
  work.viewer.segmentations.locked.add('own 1');
  await work.propose();
  await work.accept();
  expect(work.model.problem?.code).toBe('segment-locked');
  work.viewer.segmentations.locked.delete('own 1');
  work.viewer.viewport.scroll(0);
  expect(work.model).toMatchObject({ state: 'proposing', problem: null });
  await work.accept();
  expect(work.written('image-0')).toEqual([20]);
});

it('says ahead of Accept that what it writes to is hidden', async () => {
  await work.loaded();
  work.viewer.segmentations.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
  for (const [hide, isHidden] of [
    [{ visible: true, segments: { 1: { visible: true } } }, false],
    [{ visible: true, segments: { 1: { visible: false } } }, true],
    [{ visible: false, segments: { 1: { visible: true } } }, true],
  ] as const) {
    Object.assign(work.viewer.segmentations.representations[0] ?? {}, hide);
    work.viewer.viewport.scroll(0);
    expect(work.model.target).toEqual({ segmentation: 'own', segment: 'Lesion', isHidden });
  }
});

it('makes a first segment in the active segmentation where all of its segments were deleted', async () => {
  await work.loaded();
  await work.propose();
  await work.accept();
  const [made] = work.segmentations;
  work.viewer.segmentations.replaceSegments(made?.segmentationId ?? '', {});
  expect(work.model.target).toMatchObject({ segmentation: 'SPA segmentation', segment: 'Segment 1' });
  await work.propose();
  await work.accept();
  expect(work.segmentations).toHaveLength(1);
  expect(work.segmentations[0]?.segments[1]).toMatchObject({
    label: 'Segment 1',
    active: true,
    algorithmType: 'SEMIAUTOMATIC',
  });
});

it('says while a segmentation is being stored, and afterwards why it could not be', async () => {
  await work.loaded();
  expect(work.model).toMatchObject({ canStore: true, storing: false });
  work.intents.storeSegmentation();
  expect(work.model.storing).toBe(true);
  await settled();
  expect(work.model).toMatchObject({ storing: false, problem: { code: 'export-empty' } });
});

it('loads again on Retry after a load has failed', async () => {
  await work.engine.refuse(new SpaError('bundle-missing', { url: 'x' }));
  expect(work.model).toMatchObject({ state: 'error', problem: { code: 'bundle-missing', canRetry: true } });
  work.intents.retry();
  await work.loaded();
  expect(work.model).toMatchObject({ state: 'idle', problem: null });
});

it('turns a click into a proposal: overlays on the slice, cards in the panel', async () => {
  await work.loaded();
  await work.propose();
  expect(work.model).toMatchObject({ state: 'proposing', round: 1, canAccept: true });
  expect(work.model.candidates).toHaveLength(2);
  expect(work.overlays).toHaveLength(3);
});

it('lets a newer click overtake an older one', async () => {
  await work.loaded();
  await work.click(4, 2);
  const first = work.engine.last;
  await work.click(5, 2, false);
  expect(first.signal?.aborted).toBe(true);
  expect(work.engine.last.input?.prompts).toHaveLength(2);
  await work.engine.respond(round(first.input, [1]), first);
  expect(work.model.state).toBe('working');
});

it('takes of a box and of a line that go beyond the border what lies on the image', async () => {
  await work.loaded();
  work.controller.place(VIEWPORT, { kind: 'box', from: { x: 2, y: 1 }, to: { x: 400, y: -30 } });
  await settled();
  expect(work.engine.last).toMatchObject({
    what: 'propose',
    input: { prompts: [{ kind: 'box', from: { x: 2, y: 1 }, to: { x: WIDTH - 1, y: 0 } }] },
  });
  const points = [
    { x: 2, y: 1 },
    { x: 3, y: 1 },
    { x: 3, y: -5 },
  ];
  work.controller.place(VIEWPORT, { kind: 'scribble', points, positive: true });
  await settled();
  expect(work.engine.last).toMatchObject({
    input: { prompts: [{ kind: 'box' }, { kind: 'scribble', points: points.slice(0, 2) }] },
  });
});

it('answers with the candidate that was chosen', async () => {
  await work.loaded();
  await work.propose();
  work.intents.choose(1);
  await settled();
  expect(work.engine.last).toMatchObject({ what: 'answer', answers: [{ kind: 'choose', candidate: 1 }] });
});

it('draws a card’s thumbnail once a round', async () => {
  await work.loaded();
  await work.propose();
  const before = work.model.recommended?.thumbnail;
  work.intents.setOpacity(0.7);
  work.intents.preview(1);
  expect(work.model.recommended?.thumbnail).toBe(before);
});

it('shows the deployment’s colours on slice, cards and legend alike', async () => {
  work.controller.exit();
  const colours = { recommended: [0, 250, 0], adds: [0, 0, 250], removes: [250, 0, 0] } as const;
  work.colours = colours;
  await work.enterAnew();
  await work.propose();
  expect(work.model.colours).toEqual(colours);
  const shown = (picture: Uint8ClampedArray | undefined, [r, g, b]: readonly number[]): boolean =>
    picture !== undefined &&
    picture.some((_, i) => i % 4 === 0 && picture[i] === r && picture[i + 1] === g && picture[i + 2] === b);
  expect(shown(work.model.recommended?.thumbnail.rgba, colours.recommended)).toBe(true);
  expect(shown(work.model.recommended?.thumbnail.rgba, meaning.recommended)).toBe(false);
});

it('keeps the host from copying the whole series for statistics, unless the deployment wants them', () => {
  const name = 'panelSegmentation.disableUpdateSegmentationStats';
  expect(work.viewer.customizations.get(name)).toBe(true);
  // What the host does when it enters the mode once more.
  work.viewer.customizations.clear();
  work.controller.enter();
  expect(work.viewer.customizations.get(name)).toBe(true);
  work.controller.exit();
  work.viewer.customizations.set(name, false);
  work.controller.enter();
  expect(work.viewer.customizations.get(name)).toBe(false);
});

it('carries what was learnt to the next slice', async () => {
  await work.loaded();
  await work.propose();
  await work.accept();
  work.viewer.viewport.scroll(1);
  await work.click(3, 3);
  expect(work.engine.last.input?.preference.answers).toBe(1);
  expect(work.model.preference?.answers).toBe(1);
});

it('says how far the border is moved, in the unit of the slice, once accepted masks agree on it, and no longer when it is forgotten', async () => {
  await work.loaded();
  expect(work.model.preference?.margin).toBeNull();
  await work.click(4, 2);
  // Two masks 2 pixels and one 3 pixels farther out than the style alone: mean 7/3, of which 1 - 17/49 is theirs and not chance.
  const margins = { px: { cases: 3, sum: 7, squares: 17 }, mm: { cases: 3, sum: -70, squares: 1700 } };
  await acceptHavingLearnt({ answers: 1, terms: [], scatter: [], margins });
  expect(work.model.preference?.margin?.unit).toBe('px');
  expect(work.model.preference?.margin?.distance).toBeCloseTo((32 / 49) * (7 / 3), 6);
  work.intents.forget();
  expect(work.model.preference?.margin).toBeNull();
});

it('does not speak of a margin that nobody could see', async () => {
  await work.loaded();
  await work.click(4, 2);
  await acceptHavingLearnt({
    answers: 1,
    terms: [],
    scatter: [],
    margins: { px: { cases: 3, sum: 0.9, squares: 0.27 } },
  });
  expect(work.model.preference).toMatchObject({ answers: 1, margin: null });
});

async function acceptHavingLearnt(style: Style): Promise<void> {
  const proposed = round(work.engine.last.input, [20]);
  await work.engine.respond({ ...proposed, ifAccepted: { ...proposed.ifAccepted, style } });
  await work.accept();
}

it('takes the overlays away while another slice is shown, and brings them back', async () => {
  await work.loaded();
  await work.propose();
  work.viewer.viewport.scroll(1);
  expect(work.overlays).toEqual([]);
  expect(work.controller.prompts(VIEWPORT)).toEqual([]);
  work.viewer.viewport.scroll(0);
  work.frames.all();
  expect(work.overlays).toHaveLength(3);
  expect(work.controller.prompts(VIEWPORT)).toHaveLength(1);
});

it('keeps the session of a slice until a click elsewhere', async () => {
  await work.loaded();
  await work.propose();
  work.viewer.viewport.scroll(1);
  expect(work.model.round).toBe(1);
  await work.click(3, 3);
  expect(work.model.round).toBe(0);
});

it('undoes and redoes rounds by the host’s own commands', async () => {
  work.controller.exit();
  work.viewer.commands.set('undo', { commandFn: () => 'host' });
  work.controller.enter();
  await work.loaded();
  await work.propose();
  work.viewer.commands.get('undo')?.commandFn({});
  expect(work.model).toMatchObject({ round: 0, canRedo: true });
  expect(work.viewer.commands.get('undo')?.commandFn({})).toBe('host');
});

it('asks for the uncertainty when it is wanted, once a round', async () => {
  await work.loaded();
  await work.propose();
  work.intents.setLayer('uncertainty', true);
  expect(work.engine.last.what).toBe('uncertainty');
  await work.engine.respond({ x: 0, y: 0, width: 1, height: 1, values: Uint8Array.of(255) });
  expect(work.overlays).toContain('spa-overlay:uncertainty');
  const asked = work.engine.asked.length;
  work.intents.setLayer('uncertainty', false);
  work.intents.setLayer('uncertainty', true);
  expect(work.engine.asked).toHaveLength(asked);
});

it('warns of a modality that the model does not know, without stopping the work', async () => {
  work.viewer.metadata.set('generalSeriesModule image-1', { modality: 'US' });
  await work.loaded();
  expect(work.model.warning).toBeNull();
  work.viewer.viewport.scroll(1);
  expect(work.model.warning).toContain('US');
  await work.click(3, 3);
  expect(work.model.state).toBe('working');
});

it('brings the tool into hand when the panel chooses what a click means', async () => {
  await work.loaded();
  work.intents.setTool('negative');
  expect(work.controller.mode()).toBe('negative');
  expect(work.viewer.commands.ran).toContain('spaActivateTool');
});

it('leaves the viewer as it was, ends the worker and keeps what it has learnt', async () => {
  await work.loaded();
  await work.propose();
  await work.accept();
  await work.propose();
  work.controller.exit();
  expect(work.overlays).toEqual([]);
  expect(work.engine.disposed).toBe(1);
  expect(work.model).toMatchObject({ state: 'idle', round: 0, preference: { answers: 1 } });
  const asked = work.engine.asked.length;
  await work.click(1, 1);
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await settled();
  expect(work.engine.asked).toHaveLength(asked);
  expect(work.viewer.history.memos).toHaveLength(1);
});

it('says nothing, when the mode is entered anew, of a mask that was being written when it was left', async () => {
  await work.loaded();
  await work.propose();
  work.intents.accept();
  work.viewer.viewport.series = [];
  await work.enterAnew();
  await work.done();
  expect(work.segmentations).toEqual([]);
  expect(work.model.problem).toBeNull();
});

it('hears nothing of a load that it has left behind', async () => {
  const first = work.engine.last;
  work.controller.exit();
  await work.engine.respond(bundle, first);
  expect(work.model).toMatchObject({ state: 'idle', bundle: null });
});

it('shows what the model at work is, and what else the deployment lists', async () => {
  await work.loaded();
  expect(work.model).toMatchObject({
    bundle: { name: 'default', version: '1.0.0', license: 'Apache-2.0', engine: 'bayes', modalities: ['CT'] },
    bundles: [
      { label: 'default 1.0.0', inWork: true },
      { label: 'other', inWork: false },
    ],
    opening: null,
  });
});

it('says nothing of the modality where the bundle names none', async () => {
  await work.engine.respond({ ...bundle, modalities: [] });
  expect(work.model.warning).toBeNull();
});
