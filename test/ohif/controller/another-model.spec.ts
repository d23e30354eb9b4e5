/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SpaError } from '../../../extension/src/core/error';
import { VIEWPORT } from '../fake-viewer/viewport';
import { bundle, round } from './fake-engine';
import { Workplace } from './workplace';

let work: Workplace;

beforeEach(() => {
  work = new Workplace();
});

afterEach(() => work.controller.exit());

describe('another model', () => {
  const other = {
    ...bundle,
    name: 'second',
    network: { engine: 'sam', latent: { prior: { weights: [1], means: [[]], variances: [[]] } } },
  } as unknown as typeof bundle;

  /** A proposal of the first model on show, and the second one asked for. */
  async function switching(): Promise<void> {
    await work.loaded();
    await work.propose();
    work.intents.switchBundle(1);
  }

  it('is opened beside the work, which goes on meanwhile', async () => {
    await switching();
    work.engine.last.progress({ loadedBytes: 1, totalBytes: 4 });
    expect(work.model).toMatchObject({
      state: 'proposing',
      canAccept: true,
      opening: { label: 'other', progress: { loadedBytes: 1, totalBytes: 4 } },
      bundle: { name: 'default' },
    });
  });

  it('proposes the structure in work again; clicks and target stay', async () => {
    await switching();
    await work.engine.respond(other);
    expect(work.model).toMatchObject({
      state: 'working',
      opening: null,
      bundle: { name: 'second', engine: 'sam' },
      preference: null,
      fieldOfView: 'slice',
    });
    expect(work.engine.last).toMatchObject({
      what: 'propose',
      input: { prompts: [{ at: { x: 4, y: 2 } }], preference: { engine: 'sam' } },
    });
    await work.engine.respond(round(work.engine.last.input, [30]));
    expect(work.model).toMatchObject({ state: 'proposing', round: 2 });
    expect(work.controller.prompts(VIEWPORT)).toHaveLength(1);
  });

  it('leaves the proposal as it was when it cannot make one, and what is then accepted names the one that made it', async () => {
    await switching();
    await work.engine.respond(other);
    await work.engine.refuse(new SpaError('nothing-found'));
    expect(work.model).toMatchObject({ state: 'error', problem: { code: 'nothing-found' }, canAccept: true });
    await work.accept();
    expect(work.model.guidance).toBe('accepted');
    const segments = [...work.viewer.segmentations.values()].flatMap(({ segments: all }) =>
      Object.values(all),
    );
    expect(JSON.stringify(segments)).toContain('default 1.0.0');
    expect(JSON.stringify(segments)).not.toContain('second');
  });

  it('proposes what the one before failed at, and nothing is said of that any more', async () => {
    await work.loaded();
    await work.click(4, 2);
    await work.engine.refuse(new SpaError('inference-failed'));
    work.intents.switchBundle(1);
    await work.engine.respond(other);
    expect(work.engine.last).toMatchObject({ what: 'propose', input: { prompts: [{ at: { x: 4, y: 2 } }] } });
    expect(work.model).toMatchObject({ state: 'working', problem: null });
  });

  it('is what a mask names that it has proposed, also when that is accepted after all was forgotten', async () => {
    await switching();
    await work.engine.respond(other);
    await work.recommend([20]);
    work.intents.forget();
    work.intents.cancel();
    await work.accept();
    expect(work.segmentations[0]?.segments[1]?.algorithmName).toContain('second');
  });

  it('that cannot be opened leaves the present one at work, says so, and can be tried again', async () => {
    await switching();
    await work.engine.refuse(new SpaError('bundle-missing', { url: 'http://localhost/other/' }));
    expect(work.model).toMatchObject({
      bundle: { name: 'default' },
      opening: null,
      canAccept: true,
      problem: { code: 'switch-failed', canRetry: true },
    });
    expect(work.model.problem?.message).toContain('default 1.0.0');
    expect(work.model.problem?.message).toContain('http://localhost/other/');
    work.intents.retry();
    expect(work.model.opening).toMatchObject({ label: 'other' });
    await work.engine.respond(other);
    expect(work.model.bundle?.name).toBe('second');
  });

  it('is given up on request, whatever is heard of it later', async () => {
    await switching();
    const { last } = work.engine;
    work.intents.cancelSwitch();
    expect(work.model.opening).toBeNull();
    expect(last.signal?.aborted).toBe(true);
    await work.engine.respond(other, last);
    expect(work.model.bundle?.name).toBe('default');
  });

  it('stays at work when the mode is left and entered again', async () => {
    await switching();
    await work.engine.respond(other);
    work.controller.exit();
    work.controller.enter();
    expect(work.engine.last).toMatchObject({ what: 'load', url: 'http://localhost/other/' });
  });

  it('can be chosen when the first one cannot be loaded', async () => {
    await work.engine.refuse(new SpaError('bundle-missing', { url: 'x' }));
    work.intents.switchBundle(1);
    expect(work.model.state).toBe('loading');
    await work.engine.respond(other);
    expect(work.model).toMatchObject({ state: 'idle', bundle: { name: 'second' } });
  });
});
