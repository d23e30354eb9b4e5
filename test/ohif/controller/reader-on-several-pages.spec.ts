/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { SpaError } from '../../../extension/src/core/error';
import { FakeViewer } from '../fake-viewer/viewer';
import { bundle, prior, round, settled } from './fake-engine';
import { FakeStorage } from './fake-storage';
import { Workplace } from './workplace';

const reader = { iss: 'https://login', sub: '7' };
let kept: FakeStorage;
let work: Workplace;

async function page(user: FakeViewer['user'] = reader): Promise<Workplace> {
  const viewer = new FakeViewer();
  viewer.user = user;
  work = new Workplace(viewer, kept);
  await work.loaded();
  return work;
}
const answers = () => work.model.preference?.answers;
const keptAnswers = () =>
  [...kept.items.values()].map(each => (JSON.parse(each) as { answers: number }).answers);
const forgottenElsewhere = () => kept.changeElsewhere(() => null);

beforeEach(() => {
  kept = new FakeStorage();
});
afterEach(() => work.controller.exit());

async function acceptTwo(): Promise<void> {
  await work.propose();
  await work.accept();
  work.viewer.viewport.scroll(1);
}

it('does not keep again, by accepting the proposal on show, what was forgotten on another page', async () => {
  await page();
  await acceptTwo();
  await work.propose();
  forgottenElsewhere();
  await work.accept();
  expect(keptAnswers()).not.toContain(2);
});

it('does not go on, on another image, with what was forgotten on another page while a proposal was on show', async () => {
  await page();
  await acceptTwo();
  await work.propose();
  forgottenElsewhere();
  expect(answers()).toBe(0);
  work.viewer.viewport.scroll(2);
  await work.click(1, 1);
  expect(work.engine.last.input?.preference.answers).toBe(0);
  expect(kept.items.size).toBe(0);
});

it('does not go on with what was forgotten on another page while a proposal was on its way', async () => {
  await page();
  await acceptTwo();
  await work.click(4, 2);
  forgottenElsewhere();
  await work.recommend([20]);
  expect(answers()).toBe(0);
});

it('does not get back by undo and redo what was forgotten on another page', async () => {
  await page();
  await acceptTwo();
  await work.propose();
  await work.accept();
  forgottenElsewhere();
  work.intents.undo();
  await work.done();
  work.intents.redo();
  await work.done();
  expect(kept.items.size).toBe(0);
});

it('offers no Retry that would do nothing after another page forgot, but looks again by itself', async () => {
  await page();
  await acceptTwo();
  await work.click(1, 1);
  await work.engine.refuse(new SpaError('worker-crashed'));
  forgottenElsewhere();
  await settled();
  expect(work.model).toMatchObject({ state: 'working', problem: null });
  expect(work.engine.last.input?.preference.answers).toBe(0);
});

it('writes nothing when it reads what another page has learnt', async () => {
  await page();
  await acceptTwo();
  let writes = 0;
  const set = kept.setItem.bind(kept);
  kept.setItem = (...all) => {
    writes++;
    set(...all);
  };
  kept.changeElsewhere(value => value.replace('"answers":1', '"answers":6'));
  expect(writes).toBe(0);
});

it('has forgotten what another page forgot while the mode was left', async () => {
  await page();
  await acceptTwo();
  work.controller.exit();
  forgottenElsewhere();
  work.controller.enter();
  await work.loaded();
  expect(answers()).toBe(0);
});

it('goes on with what another page learnt while the mode was left', async () => {
  await page();
  await acceptTwo();
  work.controller.exit();
  kept.changeElsewhere(value => value.replace('"answers":1', '"answers":6'));
  work.controller.enter();
  await work.loaded();
  await work.propose();
  await work.accept();
  expect(keptAnswers()).toEqual([7]);
});

it('loses nothing of a reader who logs in after the model was loaded', async () => {
  await page();
  await acceptTwo();
  kept.changeElsewhere(value => value.replace('"answers":1', '"answers":6'));
  work.controller.exit();
  await page(null);
  work.viewer.user = reader;
  await work.propose();
  await work.accept();
  expect(keptAnswers()[0]).toBeGreaterThanOrEqual(6);
});

it('does not give the next reader on a page the style of the one before', async () => {
  await page();
  await acceptTwo();
  work.controller.exit();
  work.viewer.user = { ...reader, sub: '8' };
  work.controller.enter();
  await work.loaded();
  expect(answers()).toBe(0);
});

it('does not keep the style of one reader under the name of the next', async () => {
  await page();
  await acceptTwo();
  work.viewer.user = { ...reader, sub: '8' };
  await work.propose();
  await work.accept();
  const [key] = [...kept.items.keys()].filter(each => each.includes(' 8 '));
  expect(key === undefined ? [] : JSON.parse(kept.items.get(key) ?? '').answers).not.toBe(2);
});

it('takes a viewer that cannot tell who is logged in for one in which nobody is', async () => {
  const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const viewer = new FakeViewer();
  (viewer.host.services as { userAuthenticationService: unknown }).userAuthenticationService = {
    getUser: () => {
      throw new Error('not initialised');
    },
  };
  work = new Workplace(viewer, kept);
  await work.loaded().catch(() => undefined);
  await work.click(4, 2);
  expect(work.engine.last.what).toBe('propose');
  expect(warned).toHaveBeenCalledWith(expect.stringContaining('who is logged in'), expect.any(Error));
  warned.mockRestore();
});

it('keeps the answers on a slice from which the user has switched to another model', async () => {
  await page();
  await work.propose();
  work.intents.choose(0);
  await settled();
  const answered = round(work.engine.last.input, [21]);
  await work.engine.respond({
    ...answered,
    input: { ...answered.input, preference: { ...prior, answers: 1 } },
  });
  expect(answers()).toBe(1);
  work.intents.switchBundle(1);
  await work.engine.respond({ ...bundle, name: 'other', fingerprint: 'b2' });
  expect(keptAnswers()).toEqual([1]);
});

it('does not go on, with other graphs under the same name and version, with what was learnt', async () => {
  await page();
  await acceptTwo();
  work.controller.exit();
  work.controller.enter();
  await work.engine.respond({ ...bundle, fingerprint: 'b2' });
  expect(answers()).toBe(0);
});

it('unlearns by undo also after another page has kept the same', async () => {
  await page();
  await work.propose();
  await work.accept();
  kept.changeElsewhere(value => value);
  work.intents.undo();
  await work.done();
  expect(kept.items.size).toBe(0);
});

it('has forgotten once all that the browser keeps was cleared', async () => {
  await page();
  await acceptTwo();
  kept.items.clear();
  window.dispatchEvent(new StorageEvent('storage', { key: null }));
  expect(answers()).toBe(0);
});
