/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ReaderMemory } from '../../../extension/src/ohif/controller/reader-memory';
import { FakeViewer } from '../fake-viewer/viewer';
import { bundle, prior, round, settled } from './fake-engine';
import { FakeStorage } from './fake-storage';
import { Workplace } from './workplace';

let kept: FakeStorage;
let work: Workplace | null;

/** A page that a PACS opens: a viewer of its own, in the same browser. */
async function page(user: FakeViewer['user'], remember: unknown = undefined): Promise<Workplace> {
  const viewer = new FakeViewer();
  viewer.user = user;
  viewer.customizations.set('spa.remember', remember);
  work?.controller.exit();
  work = new Workplace(viewer, kept);
  await work.loaded();
  return work;
}

/** A mask is accepted; then the page is closed, without a word to the program. */
async function acceptOn(opened: Workplace): Promise<void> {
  await opened.propose();
  await opened.accept();
}

const answersOn = (opened: Workplace) => opened.model.preference?.answers;
const reader = { iss: 'https://login', sub: '7' };

beforeEach(() => {
  kept = new FakeStorage();
  work = null;
});
afterEach(() => work?.controller.exit());

it('goes on with what was learnt of the user who is logged in, on the next page', async () => {
  const first = await page(reader);
  expect(first.model.preference).toMatchObject({ answers: 0 });
  await acceptOn(first);
  expect(first.model.preference).toMatchObject({ answers: 1, kept: true });
  const second = await page(reader);
  expect(second.model.preference).toMatchObject({ answers: 1, kept: true });
  await second.click(4, 2);
  expect(second.engine.last.input?.preference.answers).toBe(1);
});

it('keeps readers apart', async () => {
  await acceptOn(await page(reader));
  expect(answersOn(await page({ ...reader, sub: '8' }))).toBe(0);
  expect(answersOn(await page({ ...reader, iss: 'https://other' }))).toBe(0);
  expect(answersOn(await page(null))).toBe(0);
  expect(answersOn(await page(reader))).toBe(1);
});

it('keeps nothing where nobody is logged in, and says so', async () => {
  const first = await page(null);
  await acceptOn(first);
  expect(first.model.preference).toMatchObject({ answers: 1, kept: false });
  expect(kept.items.size).toBe(0);
});

it('keeps it for the browser where the deployment says that one reader works there', async () => {
  await acceptOn(await page(null, 'browser'));
  expect(answersOn(await page(null, 'browser'))).toBe(1);
});

it('keeps it for nobody where the deployment says so', async () => {
  await acceptOn(await page(reader, 'nobody'));
  expect(kept.items.size).toBe(0);
});

it('learns, and forgets, with another page of the same reader', async () => {
  const first = await page(reader);
  await acceptOn(first);
  kept.changeElsewhere(value => value.replace('"answers":1', '"answers":6'));
  expect(answersOn(first)).toBe(6);
  await acceptOn(first);
  expect(answersOn(await page(reader))).toBe(7);
  const last = await page(reader);
  kept.changeElsewhere(() => null);
  expect(answersOn(last)).toBe(0);
  window.dispatchEvent(new StorageEvent('storage', { key: 'of another program' }));
  expect(answersOn(last)).toBe(0);
});

it('leaves nothing behind once it is forgotten', async () => {
  const first = await page(reader);
  await acceptOn(first);
  first.intents.forget();
  expect(kept.items.size).toBe(0);
  expect(answersOn(await page(reader))).toBe(0);
});

it('keeps what is left when an accepted mask is taken back', async () => {
  const first = await page(reader);
  await acceptOn(first);
  first.viewer.viewport.scroll(1);
  await acceptOn(first);
  first.intents.undo();
  await first.done();
  expect(answersOn(await page(reader))).toBe(1);
});

it('keeps what was answered on a slice that was left with the mode', async () => {
  const first = await page(reader);
  await first.propose();
  first.intents.choose(0);
  await settled();
  const answered = round(first.engine.last.input, [21]);
  const preference = { ...prior, answers: 1 };
  await first.engine.respond({ ...answered, input: { ...answered.input, preference } });
  first.controller.exit();
  expect(answersOn(await page(reader))).toBe(1);
});

describe('what was learnt with one model', () => {
  const other = { ...bundle, name: 'other', fingerprint: 'b2' };

  it('is not taken for what another one means, and is there again when it is back', async () => {
    const first = await page(reader);
    await acceptOn(first);
    first.intents.switchBundle(1);
    await first.engine.respond(other);
    expect(answersOn(first)).toBe(0);
    first.intents.switchBundle(0);
    await first.engine.respond(bundle);
    expect(answersOn(first)).toBe(1);
  });

  it('holds for another version with the same graphs', async () => {
    await acceptOn(await page(reader));
    const viewer = new FakeViewer();
    viewer.user = reader;
    work?.controller.exit();
    work = new Workplace(viewer, kept);
    await work.engine.respond({ ...bundle, version: '1.0.1' });
    expect(answersOn(work)).toBe(1);
  });
});

describe('a browser that keeps nothing for the page', () => {
  const refusing = new ReaderMemory(
    Object.assign(new FakeViewer().host.services, {
      userAuthenticationService: { getUser: () => ({ profile: reader }) },
    }),
    () => undefined,
    () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  );

  it('is no fault: nothing is recalled, and nothing said to be kept', () => {
    expect(refusing.recall(bundle, prior)).toBeNull();
    expect(refusing.keep(bundle, { ...prior, answers: 1 })).toBe(false);
  });
});

it('starts afresh where what was kept cannot be read', async () => {
  await acceptOn(await page(reader));
  for (const key of kept.items.keys()) kept.items.set(key, '{"engine":');
  expect(answersOn(await page(reader))).toBe(0);
});

it.each([
  ['the customization', { 'spa.remember': 'browser' }, undefined],
  ['the viewer’s configuration', {}, 'browser'],
  ['the customization first', { 'spa.remember': 'browser' }, 'nobody'],
  ['the configuration, where the customization is none', { 'spa.remember': 'everybody' }, 'browser'],
])('is told for whom to keep it by %s', (_where, customizations, remember) => {
  const viewer = new FakeViewer();
  Object.entries(customizations).forEach(([name, value]) => viewer.customizations.set(name, value));
  const memory = new ReaderMemory(
    viewer.host.services,
    () => ({ spa: { remember } }),
    () => kept,
  );
  memory.recall(bundle, prior);
  expect(memory.keep(bundle, { ...prior, answers: 1 })).toBe(true);
});
