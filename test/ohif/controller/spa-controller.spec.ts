/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SpaError } from '../../../extension/src/core/error';
import type { Style } from '../../../extension/src/core/preference/preference';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';
import type { SpaController } from '../../../extension/src/ohif/controller/spa-controller';
import type { PanelModel } from '../../../extension/src/panel/panel-model';
import { Frames } from '../frames';
import { FakeViewer, VIEWPORT, WIDTH } from '../fake-viewer';
import { controllerOn, done } from './controller-on';
import { bundle, FakeEngine, round, settled } from './fake-engine';

let viewer: FakeViewer;
let engine: FakeEngine;
let controller: SpaController;
let frames: Frames;

const click = (x: number, y: number, positive = true): void => {
  const prompt: Prompt = { kind: 'point', at: { x, y }, positive };
  controller.place(VIEWPORT, prompt);
};
const model = (): PanelModel => controller.store.getSnapshot();
const overlays = (): string[] => [...viewer.segmentations.keys()].filter(id => id.startsWith('spa-overlay:'));
const intents = () => controller.store.intents;

/** Clicks and lets the engine recommend pixel 20, with two candidates. */
async function propose(): Promise<void> {
  click(4, 2);
  await settled();
  await engine.respond(round(engine.last.input, [20], [[21], [22]]));
  frames.all();
}

beforeEach(async () => {
  viewer = new FakeViewer();
  viewer.metadata.set('generalSeriesModule image-0', { modality: 'CT' });
  engine = new FakeEngine();
  frames = new Frames();
  controller = controllerOn(viewer, engine, frames);
  engine.last.progress({ loadedBytes: 1, totalBytes: 2 });
});

afterEach(() => controller.exit());

const loaded = (): Promise<void> => engine.respond(bundle);

it('shows the progress of the first load in bytes, then asks for a click', async () => {
  expect(model()).toMatchObject({ state: 'loading', progress: { loadedBytes: 1, totalBytes: 2 } });
  await loaded();
  expect(model()).toMatchObject({ state: 'idle', guidance: 'click-structure', bundle: { name: 'default' } });
});

it('places a click that came before the model as soon as it is there', async () => {
  click(4, 2);
  await settled();
  expect(engine.last.what).toBe('load');
  await loaded();
  await settled();
  expect(engine.last).toMatchObject({ what: 'propose', input: { prompts: [{ at: { x: 4, y: 2 } }] } });
});

it('forgets such a click if another image is shown by then', async () => {
  click(4, 2);
  viewer.scroll(1);
  await loaded();
  expect(engine.last.what).toBe('load');
});

it('says ahead of Accept that the active segment is locked', async () => {
  await loaded();
  viewer.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
  viewer.locked.add('own 1');
  await propose();
  viewer.scroll(0);
  expect(model().target).toBe('locked');
});

it('writes nothing while the image that was paged away is still on its way back, however often Enter is pressed', async () => {
  await loaded();
  await propose();
  viewer.scroll(1);
  let arrive = (): void => undefined;
  // The host names the image that it will show before it has it.
  viewer.viewport.setImageIdIndex = index => {
    viewer.current = index;
    return new Promise(resolve => {
      arrive = () => resolve(viewer.scroll(index));
    });
  };
  const ownSegmentations = (): number => viewer.segmentations.size - overlays().length;
  viewer.addLabelmap('own', { 1: { segmentIndex: 1, label: 'Lesion', active: true } });
  intents().accept();
  await settled();
  // Something else happens in the viewer: what the panel says of it is told anew.
  const detail = { element: new EventTarget(), viewportId: 'other' };
  viewer.host.cornerstone.eventTarget.dispatchEvent(new CustomEvent('disabled', { detail }));
  await settled();
  intents().accept();
  await done(frames);
  expect([model().state, viewer.labels('own/image-0')[20]]).toEqual(['proposing', 0]);
  arrive();
  await done(frames);
  intents().accept();
  await done(frames);
  expect([model().state, viewer.labels('own/image-0')[20], ownSegmentations()]).toEqual(['idle', 1, 1]);
});

it('leaves the user where they paged to while the mask is being written, whatever is pressed', async () => {
  await loaded();
  await propose();
  intents().accept();
  viewer.scroll(1);
  intents().accept();
  intents().choose(0);
  intents().follow('next');
  await done(frames);
  expect([viewer.current, model().state]).toEqual([1, 'idle']);
});

it('says while a segmentation is being stored, and afterwards why it could not be', async () => {
  await loaded();
  expect(model()).toMatchObject({ canStore: true, storing: false });
  intents().storeSegmentation();
  expect(model().storing).toBe(true);
  await settled();
  expect(model()).toMatchObject({ storing: false, problem: { code: 'export-empty' } });
});

it('loads again on Retry after a load has failed', async () => {
  await engine.refuse(new SpaError('bundle-missing', { url: 'x' }));
  expect(model()).toMatchObject({ state: 'error', problem: { code: 'bundle-missing', canRetry: true } });
  intents().retry();
  await loaded();
  expect(model()).toMatchObject({ state: 'idle', problem: null });
});

it('turns a click into a proposal: overlays on the slice, cards in the panel', async () => {
  await loaded();
  await propose();
  expect(model()).toMatchObject({ state: 'proposing', round: 1, canAccept: true });
  expect(model().candidates).toHaveLength(2);
  expect(overlays()).toHaveLength(3);
});

it('lets a newer click overtake an older one', async () => {
  await loaded();
  click(4, 2);
  await settled();
  const first = engine.last;
  click(5, 2, false);
  await settled();
  expect(first.signal?.aborted).toBe(true);
  expect(engine.last.input?.prompts).toHaveLength(2);
  await engine.respond(round(first.input, [1]), first);
  expect(model().state).toBe('working');
});

it('answers with the candidate that was chosen', async () => {
  await loaded();
  await propose();
  intents().choose(1);
  await settled();
  expect(engine.last).toMatchObject({ what: 'answer', answers: [{ kind: 'choose', candidate: 1 }] });
});

it('draws a card’s thumbnail once a round', async () => {
  await loaded();
  await propose();
  const before = model().recommended?.thumbnail;
  intents().setOpacity(0.7);
  intents().preview(1);
  expect(model().recommended?.thumbnail).toBe(before);
});

it('keeps the session when a request fails, and runs it again on Retry', async () => {
  await loaded();
  await propose();
  click(1, 1, false);
  await settled();
  await engine.refuse(new SpaError('worker-crashed'));
  expect(model()).toMatchObject({
    state: 'error',
    round: 1,
    problem: { code: 'worker-crashed', canRetry: true },
  });
  intents().retry();
  await settled();
  expect(engine.last).toMatchObject({ what: 'answer', answers: [{ kind: 'prompt' }] });
});

it('shows a fault that no one foresaw as well, not only in the console', async () => {
  await loaded();
  click(4, 2);
  await settled();
  await engine.refuse(new TypeError('undefined is not a function'));
  expect(model().problem).toMatchObject({
    code: 'unexpected',
    message: expect.stringContaining('not a function'),
  });
});

it('explains a click that cannot work', async () => {
  await loaded();
  click(100, 2);
  expect(model()).toMatchObject({ state: 'error', problem: { code: 'prompt-outside', canRetry: false } });
});

it('takes of a box and of a line that go beyond the border what lies on the image', async () => {
  await loaded();
  controller.place(VIEWPORT, { kind: 'box', from: { x: 2, y: 1 }, to: { x: 400, y: -30 } });
  await settled();
  expect(engine.last).toMatchObject({
    what: 'propose',
    input: { prompts: [{ kind: 'box', from: { x: 2, y: 1 }, to: { x: WIDTH - 1, y: 0 } }] },
  });
  const points = [
    { x: 2, y: 1 },
    { x: 3, y: 1 },
    { x: 3, y: -5 },
  ];
  controller.place(VIEWPORT, { kind: 'scribble', points, positive: true });
  await settled();
  expect(engine.last).toMatchObject({
    input: { prompts: [{ kind: 'box' }, { kind: 'scribble', points: points.slice(0, 2) }] },
  });
});

it('leads out of a reconstructed plane on Retry', async () => {
  await loaded();
  viewer.type = 'orthographic';
  click(4, 2);
  expect(model().problem).toMatchObject({ code: 'plane-unsupported', canRetry: true });
  intents().retry();
  expect(viewer.ran).toEqual(['setHangingProtocol']);
  expect(model().problem).toBeNull();
});

it('is over with a problem at the next click', async () => {
  await loaded();
  click(100, 2);
  click(4, 2);
  expect(model().problem).toBeNull();
});

/** Accepts, and lets the page draw as often as it takes. */
async function accept(): Promise<void> {
  intents().accept();
  await done(frames);
}
const accepted = (): number[] => {
  const [segmentation] = [...viewer.segmentations.values()].filter(
    ({ segmentationId }) => !segmentationId.startsWith('spa-overlay:'),
  );
  const images = segmentation?.representationData.Labelmap?.imageIds ?? [];
  return viewer.labels(images.find(id => viewer.images.get(id)?.referencedImageId === 'image-0') ?? '');
};

it('accepts into the viewer’s segmentation and clears the slice', async () => {
  await loaded();
  await propose();
  await accept();
  expect(accepted().indexOf(1)).toBe(20);
  expect(overlays()).toEqual([]);
  expect(model()).toMatchObject({ state: 'idle', guidance: 'accepted', canExport: true });
  expect(model().target).toEqual({ segmentation: 'SPA segmentation', segment: 'Segment 1' });
});

it('takes back clicks before anything of the host’s history', async () => {
  controller.exit();
  viewer.commands.set('undo', { commandFn: () => viewer.undo() });
  controller.enter();
  await loaded();
  await propose();
  await accept();
  await propose();
  intents().undo();
  expect(model()).toMatchObject({ round: 0, canRedo: true });
  expect(accepted().indexOf(1)).toBe(20);
});

it('brings the proposal back with the mask that is taken back, and accepts it again with it', async () => {
  controller.exit();
  viewer.commands.set('undo', { commandFn: () => viewer.undo() });
  viewer.commands.set('redo', { commandFn: () => viewer.redo() });
  controller.enter();
  await loaded();
  await propose();
  await accept();
  expect(model()).toMatchObject({ round: 0, guidance: 'accepted', preference: { answers: 1 } });
  expect(model()).toMatchObject({ canUndo: true, canRedo: false, canClear: false });
  intents().undo();
  expect(accepted().includes(1)).toBe(false);
  expect(model()).toMatchObject({ state: 'proposing', round: 1, preference: { answers: 0 }, canRedo: true });
  frames.all();
  expect(overlays()).toContain('spa-overlay:recommended');
  intents().redo();
  expect(accepted().indexOf(1)).toBe(20);
  expect(model()).toMatchObject({ round: 0, guidance: 'accepted', preference: { answers: 1 } });
});

it('accepts once, however often it is asked meanwhile', async () => {
  await loaded();
  await propose();
  intents().accept();
  await accept();
  expect(viewer.memos).toHaveLength(1);
});

it('takes a click that comes while the mask is written for one on the next structure', async () => {
  await loaded();
  await propose();
  intents().accept();
  click(1, 1);
  intents().undo();
  await accept();
  expect(accepted().indexOf(1)).toBe(20);
  expect(engine.last).toMatchObject({ what: 'propose', input: { prompts: [{ at: { x: 1, y: 1 } }] } });
});

it('keeps the host from copying the whole series for statistics, unless the deployment wants them', () => {
  const name = 'panelSegmentation.disableUpdateSegmentationStats';
  expect(viewer.customizations.get(name)).toBe(true);
  // What the host does when it enters the mode once more.
  viewer.customizations.clear();
  controller.enter();
  expect(viewer.customizations.get(name)).toBe(true);
  controller.exit();
  viewer.customizations.set(name, false);
  controller.enter();
  expect(viewer.customizations.get(name)).toBe(false);
});

it('carries what was learnt to the next slice', async () => {
  await loaded();
  await propose();
  await accept();
  viewer.scroll(1);
  click(3, 3);
  await settled();
  expect(engine.last.input?.preference.answers).toBe(1);
  expect(model().preference?.answers).toBe(1);
});

it('says how far the border is moved, in the unit of the slice, once accepted masks agree on it, and no longer when it is forgotten', async () => {
  await loaded();
  expect(model().preference?.margin).toBeNull();
  click(4, 2);
  await settled();
  // Two masks 2 pixels and one 3 pixels farther out than the style alone: mean 7/3, of which 1 - 17/49 is theirs and not chance.
  const margins = { px: { cases: 3, sum: 7, squares: 17 }, mm: { cases: 3, sum: -70, squares: 1700 } };
  await acceptHavingLearnt({ answers: 1, terms: [], scatter: [], margins });
  expect(model().preference?.margin?.unit).toBe('px');
  expect(model().preference?.margin?.distance).toBeCloseTo((32 / 49) * (7 / 3), 6);
  intents().forget();
  expect(model().preference?.margin).toBeNull();
});

it('does not speak of a margin that nobody could see', async () => {
  await loaded();
  click(4, 2);
  await settled();
  await acceptHavingLearnt({
    answers: 1,
    terms: [],
    scatter: [],
    margins: { px: { cases: 3, sum: 0.9, squares: 0.27 } },
  });
  expect(model().preference).toMatchObject({ answers: 1, margin: null });
});

async function acceptHavingLearnt(style: Style): Promise<void> {
  const proposed = round(engine.last.input, [20]);
  await engine.respond({ ...proposed, ifAccepted: { ...proposed.ifAccepted, style } });
  await accept();
}

it('takes the overlays away while another slice is shown, and brings them back', async () => {
  await loaded();
  await propose();
  viewer.scroll(1);
  expect(overlays()).toEqual([]);
  expect(controller.prompts(VIEWPORT)).toEqual([]);
  viewer.scroll(0);
  frames.all();
  expect(overlays()).toHaveLength(3);
  expect(controller.prompts(VIEWPORT)).toHaveLength(1);
});

it('keeps the session of a slice until a click elsewhere', async () => {
  await loaded();
  await propose();
  viewer.scroll(1);
  expect(model().round).toBe(1);
  click(3, 3);
  expect(model().round).toBe(0);
});

it('undoes and redoes rounds by the host’s own commands', async () => {
  await loaded();
  viewer.commands.set('undo', { commandFn: () => 'host' });
  controller.exit();
  controller.enter();
  await loaded();
  await propose();
  viewer.commands.get('undo')?.commandFn({});
  expect(model()).toMatchObject({ round: 0, canRedo: true });
  expect(viewer.commands.get('undo')?.commandFn({})).toBe('host');
});

it('asks for the uncertainty when it is wanted, once a round', async () => {
  await loaded();
  await propose();
  intents().setLayer('uncertainty', true);
  expect(engine.last.what).toBe('uncertainty');
  await engine.respond({ x: 0, y: 0, width: 1, height: 1, values: Uint8Array.of(255) });
  expect(overlays()).toContain('spa-overlay:uncertainty');
  const asked = engine.asked.length;
  intents().setLayer('uncertainty', false);
  intents().setLayer('uncertainty', true);
  expect(engine.asked).toHaveLength(asked);
});

it('warns of a modality that the model does not know, without stopping the work', async () => {
  viewer.metadata.set('generalSeriesModule image-1', { modality: 'US' });
  await loaded();
  expect(model().warning).toBeNull();
  viewer.scroll(1);
  expect(model().warning).toContain('US');
  click(3, 3);
  expect(model().state).toBe('working');
});

it('brings the tool into hand when the panel chooses what a click means', async () => {
  await loaded();
  intents().setTool('negative');
  expect(controller.mode()).toBe('negative');
  expect(viewer.ran).toContain('spaActivateTool');
});

it('leaves the viewer as it was, ends the worker and keeps what it has learnt', async () => {
  await loaded();
  await propose();
  await accept();
  await propose();
  controller.exit();
  expect(overlays()).toEqual([]);
  expect(engine.disposed).toBe(1);
  expect(model()).toMatchObject({ state: 'idle', round: 0, preference: { answers: 1 } });
  const asked = engine.asked.length;
  click(1, 1);
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await settled();
  expect(engine.asked).toHaveLength(asked);
  expect(viewer.memos).toHaveLength(1);
});

it('hears nothing of a load that it has left behind', async () => {
  const first = engine.last;
  controller.exit();
  await engine.respond(bundle, first);
  expect(model()).toMatchObject({ state: 'idle', bundle: null });
});

it('shows what the model at work is, and what else the deployment lists', async () => {
  await loaded();
  expect(model()).toMatchObject({
    bundle: { name: 'default', version: '1.0.0', license: 'Apache-2.0', engine: 'bayes', modalities: ['CT'] },
    bundles: [
      { label: 'default 1.0.0', inWork: true },
      { label: 'other', inWork: false },
    ],
    opening: null,
  });
});

it('says nothing of the modality where the bundle names none', async () => {
  await engine.respond({ ...bundle, modalities: [] });
  expect(model().warning).toBeNull();
});

describe('another model', () => {
  const other = {
    ...bundle,
    name: 'second',
    network: { engine: 'sam', latent: { prior: { weights: [1], means: [[]], variances: [[]] } } },
  } as unknown as typeof bundle;

  /** A proposal of the first model on show, and the second one asked for. */
  async function switching(): Promise<void> {
    await loaded();
    await propose();
    intents().switchBundle(1);
  }

  it('is opened beside the work, which goes on meanwhile', async () => {
    await switching();
    engine.last.progress({ loadedBytes: 1, totalBytes: 4 });
    expect(model()).toMatchObject({
      state: 'proposing',
      canAccept: true,
      opening: { label: 'other', progress: { loadedBytes: 1, totalBytes: 4 } },
      bundle: { name: 'default' },
    });
  });

  it('proposes the structure in work again; clicks and target stay', async () => {
    await switching();
    await engine.respond(other);
    expect(model()).toMatchObject({
      state: 'working',
      opening: null,
      bundle: { name: 'second', engine: 'sam' },
      preference: null,
      fieldOfView: 'slice',
    });
    expect(engine.last).toMatchObject({
      what: 'propose',
      input: { prompts: [{ at: { x: 4, y: 2 } }], preference: { engine: 'sam' } },
    });
    await engine.respond(round(engine.last.input, [30]));
    expect(model()).toMatchObject({ state: 'proposing', round: 2 });
    expect(controller.prompts(VIEWPORT)).toHaveLength(1);
  });

  it('leaves the proposal as it was when it cannot make one, and what is then accepted names the one that made it', async () => {
    await switching();
    await engine.respond(other);
    await engine.refuse(new SpaError('nothing-found'));
    expect(model()).toMatchObject({ state: 'error', problem: { code: 'nothing-found' }, canAccept: true });
    await accept();
    expect(model().guidance).toBe('accepted');
    const segments = [...viewer.segmentations.values()].flatMap(({ segments: all }) => Object.values(all));
    expect(JSON.stringify(segments)).toContain('default 1.0.0');
    expect(JSON.stringify(segments)).not.toContain('second');
  });

  it('that cannot be opened leaves the present one at work, says so, and can be tried again', async () => {
    await switching();
    await engine.refuse(new SpaError('bundle-missing', { url: 'http://localhost/other/' }));
    expect(model()).toMatchObject({
      bundle: { name: 'default' },
      opening: null,
      canAccept: true,
      problem: { code: 'switch-failed', canRetry: true },
    });
    expect(model().problem?.message).toContain('default 1.0.0');
    expect(model().problem?.message).toContain('http://localhost/other/');
    intents().retry();
    expect(model().opening).toMatchObject({ label: 'other' });
    await engine.respond(other);
    expect(model().bundle?.name).toBe('second');
  });

  it('is given up on request, whatever is heard of it later', async () => {
    await switching();
    const { last } = engine;
    intents().cancelSwitch();
    expect(model().opening).toBeNull();
    expect(last.signal?.aborted).toBe(true);
    await engine.respond(other, last);
    expect(model().bundle?.name).toBe('default');
  });

  it('stays at work when the mode is left and entered again', async () => {
    await switching();
    await engine.respond(other);
    controller.exit();
    controller.enter();
    expect(engine.last).toMatchObject({ what: 'load', url: 'http://localhost/other/' });
  });

  it('can be chosen when the first one cannot be loaded', async () => {
    await engine.refuse(new SpaError('bundle-missing', { url: 'x' }));
    intents().switchBundle(1);
    expect(model().state).toBe('loading');
    await engine.respond(other);
    expect(model()).toMatchObject({ state: 'idle', bundle: { name: 'second' } });
  });
});
