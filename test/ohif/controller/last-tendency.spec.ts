/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Tendency } from '../../../extension/src/core/proposal/proposal';
import { bundle, round } from './fake-engine';
import { Workplace } from './workplace';

const generous: Tendency = {
  generosity: { mean: 0.8, low: 0.6, high: 0.9 },
  smoothness: { mean: 0.5, low: 0.2, high: 0.7 },
};

let work: Workplace;

beforeEach(async () => {
  work = new Workplace();
  await work.loaded();
});
afterEach(() => work.controller.exit());

const shown = () => work.model.preference?.tendency;

async function proposeAs(tendency: Tendency | null): Promise<void> {
  await work.click(4, 2);
  const plain = round(work.engine.last.input, [20], [[21]]);
  await work.engine.respond({ ...plain, proposal: { ...plain.proposal, tendency } });
  work.frames.all();
}

it('stands between two structures, as the answers do that it was learnt from', async () => {
  await proposeAs(generous);
  await work.accept();
  expect(work.model).toMatchObject({ guidance: 'accepted', preference: { answers: 1, tendency: generous } });
  work.viewer.viewport.scroll(1);
  expect(shown()).toEqual(generous);
});

it('is that of the round on show once there is one', async () => {
  await proposeAs(generous);
  await work.accept();
  const tight = { ...generous, generosity: { mean: 0.2, low: 0.1, high: 0.3 } };
  await proposeAs(tight);
  expect(shown()).toEqual(tight);
});

it('is forgotten with what was learnt', async () => {
  await proposeAs(generous);
  await work.accept();
  work.intents.forget();
  expect(shown()).toBeNull();
});

it('says nothing of a proposal that was cleared away before anything was learnt', async () => {
  await proposeAs(generous);
  expect(shown()).toEqual(generous);
  work.intents.clear();
  expect(shown()).toBeNull();
});

it('is not told of another model', async () => {
  await proposeAs(generous);
  await work.accept();
  work.intents.switchBundle(1);
  await work.engine.respond({ ...bundle, name: 'second', fingerprint: 'b2' });
  expect(shown()).toBeNull();
});
