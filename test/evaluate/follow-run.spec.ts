import { runFollow } from '../../tools/evaluate/follow-run';
import { runSitting } from '../../tools/evaluate/sitting-run';
import { fakeNetwork } from '../core/network/fake-network';
import { blobWork } from './blob-work';

const seed = 5;
const first = blobWork(30, 0.4);

describe('following a structure to the image beside', () => {
  it('draws it as it is there, where its mask would be copied as it was', async () => {
    const second = blobWork(24, 0.4, { x: 66, y: 50 });
    const { copied, followed } = await runFollow(fakeNetwork(), first, second, seed);
    expect(copied).toBeGreaterThan(0.4);
    expect(followed[0]?.dice).toBeGreaterThan(copied + 0.1);
    expect(followed[0]?.best).toBeGreaterThanOrEqual(followed[0]?.dice ?? 1);
  }, 30_000);

  it('copies the mask that the reader has approved, not the first proposal', async () => {
    const generous = blobWork(30, 0.2);
    const { copied } = await runFollow(fakeNetwork(), generous, generous, seed);
    expect(copied).toBeGreaterThanOrEqual(0.9);
    const sitting = { index: 0, reader: '0/0', warmUp: [], fresh: [generous], seed };
    const { fresh } = await runSitting(fakeNetwork(), sitting, []);
    expect(fresh[0]).toBeLessThan(0.9);
  }, 30_000);

  it('finds nothing of what has gone where it was, and a click finds it elsewhere', async () => {
    const gone = blobWork(12, 0.4, { x: 20, y: 20 });
    const { copied, clicked, followed } = await runFollow(fakeNetwork(), first, gone, seed);
    expect(copied).toBeLessThan(0.2);
    expect(followed[0]?.dice).toBeLessThan(0.2);
    expect(clicked[0]?.dice).toBeGreaterThan(0.5);
  }, 30_000);

  it('is done, and compared with a click, in the session that accepted, which has learnt from it', async () => {
    const generous = blobWork(30, 0.2);
    const second = blobWork(26, 0.2);
    const { clicked, followed } = await runFollow(fakeNetwork(), generous, second, seed);
    const sitting = { index: 0, reader: '0/0', warmUp: [generous], fresh: [second], seed };
    const { fresh, carried } = await runSitting(fakeNetwork(), sitting, [1]);
    expect(clicked[0]?.dice).toBe(carried[0]?.dice[0]);
    expect(clicked[0]?.dice).toBeGreaterThan((fresh[0] ?? 1) + 0.02);
    // The other view on the structure is worth .02 to a session that has learnt nothing.
    expect(followed[0]?.dice).toBeGreaterThan((fresh[0] ?? 1) + 0.05);
  }, 30_000);

  it('reaches nothing where there was nothing to accept, and a click what it reaches anyway', async () => {
    const { slice, target } = first;
    const dark = { slice: { ...slice, key: 'dark', values: new Float32Array(slice.values.length) }, target };
    const { copied, clicked, followed } = await runFollow(fakeNetwork(), dark, first, seed);
    expect([copied, followed]).toEqual([0, [{ dice: 0, best: 0 }]]);
    expect(clicked[0]?.dice).toBeGreaterThan(0.5);
  }, 30_000);

  it('is worked on until it is approved, as after a click', async () => {
    const { clicked, followed } = await runFollow(fakeNetwork(), first, blobWork(30, 0.25), seed);
    for (const course of [clicked, followed]) {
      expect(course.length).toBeGreaterThan(1);
      expect(course.at(-1)?.dice).toBeGreaterThanOrEqual(0.9);
      for (const { dice } of course.slice(0, -1)) expect(dice).toBeLessThan(0.9);
    }
  }, 30_000);
});
